//! Sending money: the form, the step-up that the bank asks for, the confirmation, the receipt and the history.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use uuid::Uuid;

use crate::{
    approval::Decision,
    authorizations::{Authorization, Purpose},
    bank::App,
    database::millis,
    hint,
    instruction::{FieldErrors, Instruction},
    pages::{Handover, History, Page, PaymentPage, SendMoney, Shell},
    payments::{Payment, PaymentState},
    problem::{Failure, Problem},
    routes,
    sessions::{Identity, Session},
    token_claims::TokenClaims,
    visitor::{Customer, Submission, Visitor},
};

/// How many payments the history shows.
const HISTORY_LENGTH: u32 = 100;

pub(super) async fn form(State(app): State<Arc<App>>, visitor: Visitor, customer: Customer) -> Page<SendMoney> {
    Page(SendMoney {
        shell: Shell::new(&app, &visitor, routes::SEND_MONEY),
        currency: app.config.currency.clone(),
        payee: String::new(),
        account: String::new(),
        amount: String::new(),
        errors: FieldErrors::default(),
        decision: decide(&app, &customer.identity.claims, None),
    })
}

/// Writes the payment down and goes on to the step-up; a form that is not acceptable is shown again as typed.
pub(super) async fn send(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    customer: Customer,
    form: Submission,
) -> Result<Response, Failure> {
    let [payee, account, amount] = ["payee", "account", "amount"].map(|name| form.field(name).to_owned());
    match Instruction::parse(&payee, &account, &amount) {
        Ok(wish) => {
            let id = app.payments.create(&customer.identity.subject, &wish, &app.config.currency).await?;
            ask_for_approval(&app, &visitor, &customer, id).await
        }
        Err(errors) => {
            let page = SendMoney {
                shell: Shell::new(&app, &visitor, routes::SEND_MONEY),
                currency: app.config.currency.clone(),
                payee,
                account,
                amount,
                errors,
                decision: decide(&app, &customer.identity.claims, None),
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

pub(super) async fn history(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    customer: Customer,
) -> Result<Page<History>, Failure> {
    let payments = app.payments.history(&customer.identity.subject, HISTORY_LENGTH).await?;
    Ok(Page(History { shell: Shell::new(&app, &visitor, routes::HISTORY), payments }))
}

/// One payment: what it waits for, or its receipt.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    customer: Customer,
    Path(id): Path<String>,
) -> Result<Page<PaymentPage>, Failure> {
    let payment = own_payment(&app, &customer.identity, &id).await?;
    let token = payment.evidence.as_ref().unwrap_or(&customer.identity.claims);
    let decision = decide(&app, token, Some(&payment));
    let shell = Shell::new(&app, &visitor, routes::HISTORY).with_notice(&app, &visitor).await?;
    Ok(Page(PaymentPage { shell, payment, decision }))
}

pub(super) async fn step_up(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    customer: Customer,
    Path(id): Path<String>,
    _: Submission,
) -> Result<Response, Failure> {
    let payment = own_payment(&app, &customer.identity, &id).await?;
    ask_for_approval(&app, &visitor, &customer, payment.id).await
}

/// Executes the stored payment if its own step-up token still says that it may. Of two clicks the second sees the receipt.
pub(super) async fn confirm(
    State(app): State<Arc<App>>,
    customer: Customer,
    Path(id): Path<String>,
    _: Submission,
) -> Result<Redirect, Failure> {
    let payment = own_payment(&app, &customer.identity, &id).await?;
    if payment.state == PaymentState::Approved {
        let evidence = payment.evidence.clone().unwrap_or_default();
        if decide(&app, &evidence, Some(&payment)).step_up_needed() {
            app.payments.withdraw_approval(&payment, Problem::PaymentDiffers.into()).await?;
        } else if !app.payments.execute(&payment).await? {
            app.payments.withdraw_approval(&payment, Problem::ApprovalTooOld.into()).await?;
        }
    }
    Ok(Redirect::to(&routes::payment(payment.id)))
}

pub(super) async fn cancel(
    State(app): State<Arc<App>>,
    customer: Customer,
    Path(id): Path<String>,
    _: Submission,
) -> Result<Redirect, Failure> {
    let payment = own_payment(&app, &customer.identity, &id).await?;
    app.payments.cancel(payment.id, &payment.subject).await?;
    Ok(Redirect::to(&routes::payment(payment.id)))
}

/// Sends the customer to the step-up with a new hint; what prevents that is said on the payment's own page.
async fn ask_for_approval(app: &App, visitor: &Visitor, customer: &Customer, id: Uuid) -> Result<Response, Failure> {
    let payment = app.payments.find(id, &customer.identity.subject).await?.ok_or(Problem::NotFound)?;
    match hand_over(app, visitor, &customer.session, &payment).await {
        Ok(Some(page)) => Ok(Page(page).into_response()),
        Ok(None) => Ok(Redirect::to(&routes::payment(id)).into_response()),
        Err(failure) => {
            app.payments.refuse(id, &payment.subject, failure).await?;
            Ok(Redirect::to(&routes::payment(id)).into_response())
        }
    }
}

/// The page that posts the request and its hint to the engine; `None` if the payment waits for no approval.
async fn hand_over(
    app: &App,
    visitor: &Visitor,
    session: &Session,
    payment: &Payment,
) -> Result<Option<Handover>, Failure> {
    let request = app.relying_party.request(Purpose::StepUp, false).await?;
    let now = (app.config.clock)();
    let issuer = app.config.hint_issuer();
    let audience = app.relying_party.issuer(Purpose::StepUp);
    let hint = hint::mint(&app.hint_keys, &issuer, &audience, payment, &request.nonce, now)
        .map_err(|error| Failure::because(Problem::Internal, error))?;
    if !app.payments.begin_step_up(payment, &hint.claims).await? {
        return Ok(None);
    }
    let waiting = Authorization {
        purpose: Purpose::StepUp,
        nonce: request.nonce,
        verifier: request.verifier,
        return_to: routes::payment(payment.id),
        step_up: Some((payment.id, hint.id)),
        created_at: millis(now),
    };
    app.authorizations.put(&request.state, &session.key, &waiting).await?;
    let mut action = request.url;
    let mut fields: Vec<_> = action.query_pairs().into_owned().collect();
    fields.push(("id_token_hint".to_owned(), hint.signed));
    action.set_query(None);
    let identity = session.identity.as_ref().map(|identity| &identity.claims).cloned().unwrap_or_default();
    Ok(Some(Handover {
        shell: Shell::new(app, visitor, routes::SEND_MONEY),
        decision: decide(app, &identity, Some(payment)),
        payment: payment.clone(),
        action: action.into(),
        fields,
    }))
}

fn decide(app: &App, token: &TokenClaims, payment: Option<&Payment>) -> Decision {
    let issuer = app.relying_party.issuer(Purpose::StepUp);
    Decision::about(token, payment, &issuer, app.relying_party.policy(Purpose::StepUp))
}

async fn own_payment(app: &App, identity: &Identity, id: &str) -> Result<Payment, Failure> {
    let id = Uuid::parse_str(id).map_err(|_| Problem::NotFound)?;
    Ok(app.payments.find(id, &identity.subject).await?.ok_or(Problem::NotFound)?)
}
