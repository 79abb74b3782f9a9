#include "fuzzer.h"

// Of compiler-rt; absent from ordinary builds.
extern int LLVMFuzzerRunDriver(int *, char ***, fuzzer_call) __attribute__((weak));

int fuzzer_is_there(void) {
    return LLVMFuzzerRunDriver != NULL;
}

int fuzzer_run(int count, char **arguments, fuzzer_call call) {
    return LLVMFuzzerRunDriver ? LLVMFuzzerRunDriver(&count, &arguments, call) : 1;
}
