//! The journeys of a policy as a Mermaid flow chart: steps, their conditions, the choices that lead on.

use std::fmt::Write as _;

use journeyman_policy::model::{
    Journey, JourneyKind, OrchestrationStep, Policy, Precondition, PreconditionTest, Selection, StepType,
};

/// The default journey, the endpoints' journeys, and the sub journeys that they lead to; all of them for a base policy.
pub(super) fn mermaid(policy: &Policy) -> String {
    let mut chart = Chart { text: String::from("flowchart TD\n"), policy };
    let journeys = journeys(policy);
    if let Some(party) = &policy.relying_party {
        chart.line(&format!("  rp([\"{}\"])", escaped(policy.id.as_str())));
        let starts = party.default_journey.iter().map(|id| (String::new(), id));
        let endpoints = party.endpoints.iter().map(|(endpoint, id)| (format!("|{}|", escaped(&endpoint.value)), id));
        for (label, id) in starts.chain(endpoints) {
            if let Some(at) = journeys.iter().position(|journey| journey.id == id.value) {
                chart.line(&format!("  rp -->{label} {}", entry(at, journeys[at])));
            }
        }
    }
    for (at, journey) in journeys.iter().enumerate() {
        chart.journey(at, journey, &journeys);
    }
    chart.text
}

fn journeys(policy: &Policy) -> Vec<&Journey> {
    let Some(party) = &policy.relying_party else {
        return policy.user_journeys.values().chain(policy.sub_journeys.values()).collect();
    };
    let starts = party.default_journey.iter().chain(party.endpoints.iter().map(|(_, journey)| journey));
    let mut found: Vec<&Journey> = Vec::new();
    for start in starts.filter_map(|id| policy.user_journeys.get(&id.value)) {
        if !found.iter().any(|known| std::ptr::eq(*known, start)) {
            found.push(start);
        }
    }
    let mut next = 0;
    while next < found.len() {
        for candidate in found[next].steps.iter().flat_map(|step| &step.candidates) {
            if let Some(sub) = policy.sub_journeys.get(&candidate.value)
                && !found.iter().any(|known| std::ptr::eq(*known, sub))
            {
                found.push(sub);
            }
        }
        next += 1;
    }
    found
}

struct Chart<'a> {
    text: String,
    policy: &'a Policy,
}

impl Chart<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn journey(&mut self, at: usize, journey: &Journey, all: &[&Journey]) {
        self.line(&format!("  subgraph j{at}[\"{}\"]", escaped(journey.id.as_str())));
        for (index, step) in journey.steps.iter().enumerate() {
            if !step.preconditions.is_empty() {
                self.line(&format!("    {}{{\"{}\"}}", condition_id(at, index), conditions(&step.preconditions)));
            }
            self.line(&format!("    {}[\"{}\"]", step_id(at, index), self.describe(step)));
        }
        self.line(&format!("    {}", end_node(at, journey)));
        for (index, step) in journey.steps.iter().enumerate() {
            self.edges(at, journey, index, step);
        }
        self.line("  end");
        for (index, step) in journey.steps.iter().enumerate() {
            for candidate in &step.candidates {
                if let Some(sub) = all.iter().position(|known| known.id == candidate.value) {
                    self.line(&format!("  {} -.-> {}", step_id(at, index), entry(sub, all[sub])));
                }
            }
        }
    }

    fn edges(&mut self, at: usize, journey: &Journey, index: usize, step: &OrchestrationStep) {
        let next = match journey.steps.get(index + 1) {
            Some(next) => start_of(at, index + 1, next),
            None => format!("j{at}end"),
        };
        if !step.preconditions.is_empty() {
            self.line(&format!("    {} -->|no| {}", condition_id(at, index), step_id(at, index)));
            self.line(&format!("    {} -->|yes: skip| {next}", condition_id(at, index)));
        }
        let onward = if step.step_type.value == StepType::SendClaims { format!("j{at}end") } else { next };
        let choices: Vec<_> = step
            .selections
            .iter()
            .filter_map(|selection| match selection {
                Selection::Target(id) => Some(escaped(id.value.as_str())),
                Selection::Validation(_) => None,
            })
            .collect();
        let label = if choices.is_empty() { String::new() } else { format!("|{}|", choices.join(", ")) };
        self.line(&format!("    {} -->{label} {onward}", step_id(at, index)));
    }

    fn describe(&self, step: &OrchestrationStep) -> String {
        let mut text = format!("{} {:?}", step.order, step.step_type.value);
        for exchange in &step.exchanges {
            let profile = self.policy.technical_profiles.get(&exchange.profile.value);
            let name = profile.map_or(exchange.profile.value.as_str(), |profile| profile.id.as_str());
            write!(text, "<br/>{}", escaped(name)).expect("writing to a string cannot fail");
        }
        if let Some(issuer) = &step.issuer {
            write!(text, "<br/>{}", escaped(issuer.value.as_str())).expect("writing to a string cannot fail");
        }
        for candidate in &step.candidates {
            write!(text, "<br/>{}", escaped(candidate.value.as_str())).expect("writing to a string cannot fail");
        }
        text
    }
}

fn end_node(at: usize, journey: &Journey) -> String {
    let text = match journey.kind {
        JourneyKind::Call => "back to the caller",
        JourneyKind::User | JourneyKind::Transfer => "answer to the application",
    };
    format!("j{at}end([\"{text}\"])")
}

fn step_id(journey: usize, index: usize) -> String {
    format!("j{journey}s{index}")
}

fn condition_id(journey: usize, index: usize) -> String {
    format!("j{journey}c{index}")
}

/// Where a step begins: at its conditions, if it has any.
fn start_of(journey: usize, index: usize, step: &OrchestrationStep) -> String {
    if step.preconditions.is_empty() { step_id(journey, index) } else { condition_id(journey, index) }
}

fn entry(at: usize, journey: &Journey) -> String {
    journey.steps.first().map_or_else(|| format!("j{at}end"), |first| start_of(at, 0, first))
}

/// When a step is skipped: if any of its conditions holds.
fn conditions(preconditions: &[Precondition]) -> String {
    preconditions.iter().map(condition).collect::<Vec<_>>().join("<br/>or ")
}

fn condition(precondition: &Precondition) -> String {
    let (claim, holds, fails) = match &precondition.test {
        PreconditionTest::ClaimsExist(claim) => (claim, "has a value".to_owned(), "has no value".to_owned()),
        PreconditionTest::ClaimEquals(claim, text) => {
            let text = escaped(&text.value);
            (claim, format!("is {text}"), format!("has a value but {text}"))
        }
    };
    let what = if precondition.execute_if { holds } else { fails };
    format!("{} {what}", escaped(claim.value.as_str()))
}

/// Mermaid reads `#…;` as a character and `"` as the end of a text.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '#' | '<' | '>' | '|' | '`' => {
                write!(safe, "#{};", u32::from(character)).expect("writing to a string cannot fail");
            }
            '\n' | '\r' => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}
