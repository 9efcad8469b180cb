//! Page models to accessible HTML: what a browser, a script, a load test or a custom template sees of a journey.
//!
//! Pure: texts in, a document out. Every page works as a plain form and, with JavaScript, in place; both speak the page
//! contract of B2C (`SETTINGS`, `SA_FIELDS`, `SelfAsserted`, `confirmed`, element ids and classes), so that what was made
//! for it keeps working. [`urls`] has the addresses, [`form`] reads what comes back to them.
//!
//! Nothing here makes a browser fetch anything: styles and script are part of the page and carry its nonce.

mod answer;
mod content_security;
mod document;
mod field;
pub mod form;
mod globals;
mod inline_json;
mod page;
pub mod samples;
mod screens;
mod template;
mod text;
pub mod urls;

pub use answer::Answer;
pub use content_security::{Resources, content_security_policy};
pub use page::{PageContext, render};
pub use screens::{
    ErrorPage, Home, HomeLink, HomePolicy, HomeTenant, Link, TokenView, Unsupported, render_error, render_form_post,
    render_home, render_signed_out, render_token, render_unsupported,
};
pub use template::{TemplateFault, check_template};
