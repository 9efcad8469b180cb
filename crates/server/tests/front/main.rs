//! The whole server in one process: its store in memory, its clock moved by hand, played by browsers and applications
//! that know nothing but HTTP.

mod app;
mod attacks;
mod browser;
mod crashes;
mod hints;
mod journeys;
mod logs;
mod protocol;
mod sessions;
mod site;
mod starter_pack;
mod versions;
