//! The home page, and the page that shows what the tokens say.

use std::sync::Arc;

use axum::extract::State;

use crate::{
    bank::App,
    pages::{Claims, Home, Page, Shell},
    problem::Failure,
    routes,
    visitor::{Customer, Visitor},
};

/// How many payments the home page shows.
const RECENT: u32 = 3;

pub(super) async fn home(State(app): State<Arc<App>>, visitor: Visitor) -> Result<Page<Home>, Failure> {
    let recent = match visitor.session.as_ref().and_then(|session| session.active()) {
        Some(identity) => app.payments.history(&identity.subject, RECENT).await?,
        None => Vec::new(),
    };
    Ok(Page(Home { shell: Shell::new(&app, &visitor, routes::HOME).with_notice(&app, &visitor).await?, recent }))
}

pub(super) async fn claims(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    customer: Customer,
) -> Result<Page<Claims>, Failure> {
    let payment = app.payments.last_described(&customer.identity.subject).await?;
    Ok(Page(Claims {
        shell: Shell::new(&app, &visitor, routes::CLAIMS),
        policy: customer.identity.claims.policy().unwrap_or("unknown").to_owned(),
        claims: customer.identity.claims.rows(),
        payment,
    }))
}
