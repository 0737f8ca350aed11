"""Reports: what notebooks show, running them, drawing pages, and the build that makes them anew when they must be."""
