#pragma once

/// Does what whoever took a process over would do: `act` by its name, on `object` where there is one.
/// 0: it could be done; else the errno of its refusal. -1: no such act.
int cforbidden_act(const char *act, const char *object);

/// From now on the kernel says to this process that it has no Landlock, as an older one would.
int cforbidden_hide_landlock(void);
