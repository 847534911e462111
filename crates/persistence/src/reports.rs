//! What the reports across provinces read, each in few statements, as far as whoever asks may see it.

mod coverage;
