// Headers of the system library; nothing of ours.
#include <proj.h>
#include <geodesic.h>
