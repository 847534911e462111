//! What the service must answer from the five sample dossiers.

mod names;
mod procuracy;
mod son_la;
mod tenants;
mod thai_binh_2020;
mod thai_binh_2022;
mod vinh_phuc;
