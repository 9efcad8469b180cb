//! What every backend promises: one suite, run by each.
//!
//! A promise is a function of a [`World`]; the list at the end names them all, and a promise that is not listed does not
//! compile (`dead_code`). To run the suite on another backend, give `World` a constructor and add a line to `backends`.

mod accounts;
mod codes;
mod grants;
mod journeys;
mod limits;
mod plain;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use journeyman_store::{Handle, KeyRing, Memory, Store, SystemEntropy};
use tempfile::TempDir;

/// A store, and another node on the same one.
struct World {
    store: Store,
    second_node: Store,
    _folder: Option<TempDir>,
}

impl World {
    async fn memory() -> Self {
        let store = Store::on(Memory::new(Arc::new(SystemEntropy)));
        Self { second_node: store.clone(), store, _folder: None }
    }

    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("store.db").display());
        Self { store: open(&url).await, second_node: open(&url).await, _folder: Some(folder) }
    }

    async fn sqlite_in_memory() -> Self {
        let store = open("sqlite::memory:").await;
        Self { second_node: store.clone(), store, _folder: None }
    }
}

async fn open(url: &str) -> Store {
    Store::open(url, KeyRing::new(&[7; 32], &[]), Arc::new(SystemEntropy)).await.expect("opens")
}

/// A moment, in seconds after the tests' own beginning.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).expect("in range")
}

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

fn handle() -> Handle {
    Handle::random(&SystemEntropy).expect("draws")
}

/// Runs `count` operations at the same time, half of them on each node.
async fn at_once<T, F>(world: &World, count: usize, operation: impl Fn(Store, usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let nodes = [&world.store, &world.second_node];
    let tasks: Vec<_> = (0..count).map(|n| tokio::spawn(operation(nodes[n % 2].clone(), n))).collect();
    let mut results = Vec::with_capacity(count);
    for task in tasks {
        results.push(task.await.expect("the operation does not panic"));
    }
    results
}

macro_rules! backends {
    ($($backend:ident),+ ; $promises:tt) => { $( promises! { $backend, $promises } )+ };
}

macro_rules! promises {
    ($backend:ident, { $($area:ident: $($promise:ident),+ ;)+ }) => {
        mod $backend { $( mod $area { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                crate::$area::$promise(&crate::World::$backend().await).await;
            }
        )+ } )+ }
    };
}

backends! { memory, sqlite, sqlite_in_memory; {
    journeys:
        a_handle_is_taken_once, one_of_many_clicks_claims, the_loser_sees_where_it_stands, a_lease_runs_out,
        whoever_lost_the_lease_cannot_write, a_lease_can_be_held_and_given_back, an_old_page_is_told_that_it_moved,
        another_browser_is_refused, a_pending_intent_survives, a_journey_expires, a_finished_journey_is_gone,
        purging_goes_in_small_steps;
    codes:
        a_right_code_is_right_once, of_many_right_guesses_one_counts, parallel_guesses_never_exceed_the_limit,
        nothing_was_generated, a_code_expires, generating_restarts_the_expiry, the_last_attempt_says_so_and_locks,
        a_right_code_after_the_last_attempt_is_refused, no_code_is_given_out_while_locked,
        after_the_lock_a_new_code_works, codes_are_limited_per_identifier, reuse_hands_out_the_same_code,
        reuse_keeps_the_attempts, a_code_without_attempts_left_is_not_reused, a_new_code_resets_the_attempts,
        a_used_code_is_not_reused,
        success_does_not_reset_the_number_of_codes, a_dead_code_is_not_reused, scopes_are_apart,
        identifiers_are_compared_without_case, space_around_a_code_is_ignored_and_case_is_not,
        a_repeated_intent_generates_nothing, a_repeated_intent_verifies_nothing, codes_have_the_asked_shape;
    limits:
        attempts_run_out, parallel_attempts_never_exceed_the_limit, a_lock_ends, locks_grow_up_to_the_longest,
        after_a_quiet_window_locks_are_short_again,
        success_forgets_failures, a_quiet_window_forgets_failures_but_not_all,
        slow_guessing_is_stopped_for_good, purposes_and_subjects_are_apart, a_repeated_intent_counts_once;
    accounts:
        a_written_user_is_read, the_decision_table, a_sign_in_name_belongs_to_one, sign_in_names_of_all_types_share,
        of_many_creations_one_counts, a_refused_write_leaves_nothing, a_repeated_intent_answers_the_same,
        tenants_are_apart, persisting_a_sign_in_name_replaces_the_others, an_existing_value_is_kept,
        a_password_moves_the_token_date, a_credential_is_found_by_any_name, principal_names_do_not_change,
        values_are_checked, attributes_are_removed, a_deleted_user_is_gone, federated_users_are_found,
        a_linked_identity_finds_its_user,
        users_are_found_by_keys_only, an_object_id_cannot_be_chosen, revoking_tokens;
    grants:
        a_code_works_once, of_many_takers_one_gets_the_code, a_replayed_code_revokes_the_family,
        a_code_is_no_refresh_token, grants_expire, refresh_tokens_rotate, a_replayed_refresh_token_revokes_the_family,
        of_many_rotations_one_counts, a_session_lives_until_it_is_idle_or_old, sessions_are_apart,
        an_outdated_session_is_not_written, sessions_are_deleted, a_hint_belongs_to_its_first_browser,
        of_many_browsers_one_gets_the_hint, a_hint_is_consumed_once;
    plain:
        a_request_is_read_until_it_expires, nodes_that_start_together_end_with_one_key, keys_are_added_in_turn,
        a_program_stays_while_something_names_it, recordings_keep_their_order, audit_is_listed_newest_first,
        what_is_expired_is_purged;
} }
