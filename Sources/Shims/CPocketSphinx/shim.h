#pragma once
#include <fe.h>
#include <pocketsphinx.h>
#include <ps_search.h>
