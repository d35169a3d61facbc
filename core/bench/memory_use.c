// Reading /proc: see memory_use.h.
#include "core/bench/memory_use.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A line of /proc/PROCESS/status that has kB, in MB.
static double read_status(pid_t process, const char *name) {
    char path[64], line[256];
    double kilobytes = NAN;
    size_t length = strlen(name);
    snprintf(path, sizeof path, "/proc/%ld/status", (long)process);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, name, length) == 0 && line[length] == ':')
            kilobytes = strtod(line + length + 1, NULL);
    if (file) fclose(file);
    return kilobytes / 1024;
}

// A child that ends meanwhile counts nothing.
static double sum_children(pid_t process) {
    char path[96];
    long child;
    double sum = 0;
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)process, (long)process);
    FILE *file = fopen(path, "r");
    if (!file) return NAN;
    while (fscanf(file, "%ld", &child) == 1) {
        double private = read_status((pid_t)child, "RssAnon");
        if (!isnan(private)) sum += private;
    }
    fclose(file);
    return sum;
}

MemoryUse memory_use_of(pid_t process) {
    return (MemoryUse){.peak_mb = read_status(process, "VmHWM"),
                       .resident_mb = read_status(process, "VmRSS"),
                       .children_mb = sum_children(process)};
}
