//! The engine dies at every boundary of the flagship, before and after each effect and each save, and is started again
//! on the same data. The person goes on; no message is sent twice without being asked for; no account is doubled.
//!
//! The engine dies whole: what it was about to answer is lost, and nobody is answered until it runs again. Bank and sandbox
//! live on.

mod persistent;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use journeyman_engine::effect::{Repeat, Request};
use journeyman_server::{Boundaries, Point};
use journeyman_tests::inside::{Door, Inside, Wishes};
use journeyman_tests::person::Payment;

use crate::persistent::Persistent;

/// How long after its death the engine is started again: longer than what a request may hold a journey.
const DEAD_FOR: i64 = 90;

/// Lets the engine die at the boundary of a number, once.
struct DiesAt {
    at: AtomicUsize,
    crossed: AtomicUsize,
    /// It died while something was going on outside that must not happen twice.
    in_doubt: AtomicBool,
    door: Door,
}

impl DiesAt {
    fn behind(door: &Door) -> Arc<Self> {
        let (at, crossed, in_doubt) = (AtomicUsize::new(usize::MAX), AtomicUsize::default(), AtomicBool::default());
        Arc::new(Self { at, crossed, in_doubt, door: door.clone() })
    }

    /// From now on counted anew.
    fn next(&self, at: usize) {
        self.at.store(at, Ordering::SeqCst);
        self.crossed.store(0, Ordering::SeqCst);
    }
}

impl Boundaries for DiesAt {
    fn cross(&self, _: &str, point: &Point<'_>) -> ControlFlow<()> {
        if self.crossed.fetch_add(1, Ordering::SeqCst) == self.at.load(Ordering::SeqCst) {
            let once = |request: &Request| request.repeat == Repeat::AtMostOnce;
            let in_doubt = matches!(point, Point::BeforeEffect(it) | Point::AfterEffect(it) if once(it));
            self.in_doubt.store(in_doubt, Ordering::SeqCst);
            self.door.dies();
        }
        if self.door.is_dead() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// What somebody does at the bank, and what must hold afterwards.
trait Errand {
    /// Does it, however often the engine has to be started again.
    async fn run(&mut self, doomed: &mut Doomed, number: usize);
}

/// A world whose engine dies.
struct Doomed {
    inside: Inside,
    boundaries: Arc<DiesAt>,
}

impl Doomed {
    async fn new() -> Self {
        let inside = Inside::start(Wishes::default()).await;
        let boundaries = DiesAt::behind(&inside.door);
        let mut doomed = Self { inside, boundaries };
        doomed.restart().await;
        doomed
    }

    /// The engine is started on the same data.
    async fn restart(&mut self) {
        self.inside.engine_starts_with(Arc::clone(&self.boundaries) as Arc<dyn Boundaries>).await;
    }

    /// Lets the engine die at each boundary of an errand in turn; returns how many there were.
    async fn die_everywhere(&mut self, errand: &mut impl Errand) -> usize {
        for at in 0.. {
            self.boundaries.next(at);
            errand.run(self, at).await;
            let crossed = self.boundaries.crossed.load(Ordering::SeqCst);
            if crossed <= at {
                return crossed;
            }
        }
        unreachable!("a journey has an end")
    }

    /// Goes on until the bank says that it is done. The engine is started again where it died.
    async fn pursue(&mut self, who: &mut Persistent, goal: &str) {
        for _ in 0..MOST_STEPS {
            if self.inside.door.is_dead() {
                self.inside.advance(DEAD_FOR);
                self.restart().await;
            }
            if who.page.says(goal) {
                return;
            }
            who.go_on().await;
            who.nothing_came_unasked().await;
            if who.page.status != 502 && self.boundaries.in_doubt.swap(false, Ordering::SeqCst) {
                who.page.expect(IN_DOUBT);
            }
        }
        panic!("{} does not get there: {}\n{:#?}", who.customer.person.name, who.page, who.story);
    }
}

/// What a page says when nobody knows whether something happened outside.
const IN_DOUBT: &str = "interrupted";
/// More steps than that, and somebody goes round in circles.
const MOST_STEPS: usize = 40;

/// Signing up at the bank; every time somebody else.
struct SignUp;

impl Errand for SignUp {
    async fn run(&mut self, doomed: &mut Doomed, number: usize) {
        let mut who = Persistent::new(&doomed.inside, &format!("Ann{number}")).await;
        doomed.pursue(&mut who, &format!("Hello, Ann{number}")).await;
        let accounts = doomed.inside.accounts().await;
        assert_eq!(accounts, number as u64 + 1, "one account each: {:#?}", who.story);
    }
}

/// Approving and confirming a payment.
struct Pay {
    who: Persistent,
}

impl Errand for Pay {
    async fn run(&mut self, doomed: &mut Doomed, number: usize) {
        let payment = Payment::of(&format!("{}.00", number + 1), "Jo Bloggs");
        self.who.story.clear();
        self.who.page = self.who.customer.send_money(&payment).await;
        doomed.pursue(&mut self.who, "Your money is on its way").await;
        let booked = doomed.inside.booked().await;
        assert_eq!(booked, number as u64 + 1, "paid once: {:#?}", self.who.story);
    }
}

#[tokio::test]
async fn dying_while_somebody_signs_up() {
    let boundaries = Doomed::new().await.die_everywhere(&mut SignUp).await;
    assert!(boundaries > 50, "{boundaries}");
}

#[tokio::test]
async fn dying_while_somebody_approves_a_payment() {
    let mut doomed = Doomed::new().await;
    let mut who = Persistent::new(&doomed.inside, "Ann").await;
    doomed.pursue(&mut who, "Hello, Ann").await;
    who.way_back = "payments";
    let boundaries = doomed.die_everywhere(&mut Pay { who }).await;
    assert!(boundaries > 25, "{boundaries}");
}
