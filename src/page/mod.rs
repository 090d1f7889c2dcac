//! The sheet of paper: boxes for title, deck, legend, map, notes. No geography.
