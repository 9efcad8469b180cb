//! The life of one verification: sends, checks, expiry, and what is bound to it.

use jiff::SignedDuration;

use super::*;

const SERVICE: &str = "VA";
const TO: &str = "+447700900123";

fn at(minutes: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
}

fn payment(amount: &str, payee: &str) -> Payment {
    Payment { amount: amount.to_owned(), payee: payee.to_owned() }
}

fn purpose(payment: Option<Payment>) -> Purpose {
    Purpose { service: SERVICE.to_owned(), to: TO.to_owned(), payment }
}

fn to() -> Target {
    Target::Recipient(TO.to_owned())
}

/// A code that is not the one given.
fn wrong(code: &str) -> String {
    if code == "000000" { "111111".to_owned() } else { "000000".to_owned() }
}

struct Case {
    all: Verifications,
    now: Timestamp,
}

impl Case {
    fn new() -> Self {
        Self::with(Psd2Mismatch::NotFound)
    }

    fn with(mismatch: Psd2Mismatch) -> Self {
        Self { all: Verifications::new(VerifyLimits::default(), mismatch), now: at(0) }
    }

    fn start(&mut self, payment: Option<Payment>) -> Result<Verification, Refusal> {
        self.all.start(purpose(payment), "sms", None, 6, self.now)
    }

    fn check(&mut self, payment: Option<&Payment>, code: &str) -> Result<Status, Refusal> {
        self.all.check(SERVICE, &to(), payment, code, self.now).map(|checked| checked.status)
    }
}

#[test]
fn a_code_has_its_length_and_is_drawn_anew() {
    let codes: std::collections::HashSet<String> = (0..20).map(|_| random_code(8)).collect();
    assert!(codes.iter().all(|code| code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit())));
    assert!(codes.len() > 15);
}

#[test]
fn the_right_code_approves_once() {
    let mut case = Case::new();
    let code = case.start(None).expect("started").code;
    assert_eq!(case.check(None, &code), Ok(Status::Approved));
    assert_eq!(case.check(None, &code), Err(Refusal::NotFound));
}

#[test]
fn five_wrong_codes_are_answered_and_then_even_the_right_one_is_refused() {
    let mut case = Case::new();
    let code = case.start(None).expect("started").code;
    for _ in 0..5 {
        assert_eq!(case.check(None, &wrong(&code)), Ok(Status::Pending));
    }
    assert_eq!(case.check(None, &code), Err(Refusal::ChecksUsedUp));
    assert_eq!(case.start(None).map(|_| ()), Err(Refusal::ChecksUsedUp));
    assert_eq!(case.all.close(SERVICE, TO, Status::Canceled, case.now).map(|_| ()), Err(Refusal::ChecksUsedUp));
    assert_eq!(case.all.find(SERVICE, TO, case.now).map(|found| found.status), Ok(Status::MaxAttemptsReached));
    case.now = at(10);
    assert_eq!(case.check(None, &code), Err(Refusal::NotFound));
    assert!(case.start(None).is_ok(), "a new one can be started when the old one has expired");
}

#[test]
fn a_second_start_sends_the_same_code_and_does_not_lengthen_its_life() {
    let mut case = Case::new();
    let first = case.start(None).expect("started");
    case.now = at(9);
    let second = case.start(None).expect("sent again");
    assert_eq!((&first.sid, &first.code), (&second.sid, &second.code));
    assert_eq!(second.sends.len(), 2);
    case.now = at(10);
    assert_eq!(case.check(None, &second.code), Err(Refusal::NotFound));
}

#[test]
fn a_recipient_gets_five_messages_whatever_they_are_for() {
    let mut case = Case::new();
    for number in 0..5 {
        case.start(Some(payment(&format!("{number}.00"), "Ann"))).expect("within the limit");
    }
    assert_eq!(case.start(Some(payment("0.00", "Ann"))).map(|_| ()), Err(Refusal::SendsUsedUp));
    assert_eq!(case.start(Some(payment("9.00", "Ann"))).map(|_| ()), Err(Refusal::SendsUsedUp));
    let newest = case.all.find(SERVICE, TO, case.now).expect("pending").sid.clone();
    case.all.close(SERVICE, &newest, Status::Canceled, case.now).expect("cancelled");
    assert!(case.start(Some(payment("9.00", "Ann"))).is_ok(), "a cancelled verification gives its messages back");
}

#[test]
fn a_code_approves_its_own_payment_alone() {
    let ten = payment("£10.00", "Ann");
    for other in [payment("£10.01", "Ann"), payment("£10.00", "Bob"), payment("10.00", "Ann"), payment("£10.00", "ann")]
    {
        let mut case = Case::new();
        let code = case.start(Some(ten.clone())).expect("started").code;
        let other_code = case.start(Some(other.clone())).expect("started").code;
        assert_eq!(case.check(Some(&payment("£10", "Ann")), &code), Err(Refusal::NotFound), "nothing is pending");
        if code != other_code {
            assert_eq!(case.check(Some(&other), &code), Ok(Status::Pending), "{other:?}");
        }
        assert_eq!(case.check(Some(&ten), &code), Ok(Status::Approved));
    }
}

#[test]
fn a_mismatch_can_be_answered_like_a_wrong_code() {
    let mut case = Case::with(Psd2Mismatch::Pending);
    let ten = payment("£10.00", "Ann");
    let code = case.start(Some(ten.clone())).expect("started").code;
    for _ in 0..5 {
        assert_eq!(case.check(Some(&payment("£10.01", "Ann")), &code), Ok(Status::Pending));
    }
    assert_eq!(case.check(Some(&ten), &code), Err(Refusal::ChecksUsedUp), "such a check costs a try");
}

#[test]
fn cancelling_and_approving_by_hand_end_it() {
    for status in [Status::Canceled, Status::Approved] {
        let mut case = Case::new();
        let started = case.start(None).expect("started");
        let closed = case.all.close(SERVICE, &started.sid, status, case.now).expect("closed");
        assert_eq!(closed.status, status);
        assert_eq!(case.check(None, &started.code), Err(Refusal::NotFound));
        assert_eq!(case.all.close(SERVICE, TO, Status::Canceled, case.now).map(|_| ()), Err(Refusal::NotFound));
    }
}

#[test]
fn another_service_or_recipient_has_no_part_in_it() {
    let mut case = Case::new();
    let code = case.start(None).expect("started").code;
    let now = case.now;
    assert_eq!(case.all.check("VB", &to(), None, &code, now).map(|_| ()), Err(Refusal::NotFound));
    let other = Target::Recipient("+447700900124".to_owned());
    assert_eq!(case.all.check(SERVICE, &other, None, &code, now).map(|_| ()), Err(Refusal::NotFound));
}

#[test]
fn a_custom_code_is_the_one_that_counts() {
    let mut case = Case::new();
    let custom = Some("0815".to_owned());
    case.all.start(purpose(None), "sms", custom, 6, case.now).expect("started");
    assert_eq!(case.check(None, "0815"), Ok(Status::Approved));
}

#[test]
fn the_oldest_gives_way() {
    let mut all = Verifications::new(VerifyLimits::default(), Psd2Mismatch::NotFound);
    for number in 0..=MOST {
        let purpose = Purpose { service: SERVICE.to_owned(), to: format!("+{number}"), payment: None };
        all.start(purpose, "sms", None, 6, at(0)).expect("started");
    }
    assert_eq!(all.pending.len(), MOST);
    assert!(all.find(SERVICE, "+0", at(0)).is_err());
}
