// Headers of the system library; nothing of ours.
#include <cairo.h>
