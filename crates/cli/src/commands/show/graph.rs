//! The journeys of a policy as a Mermaid flow chart: steps, the conditions under which they are skipped, the choices that
//! lead on. A step with conditions stands behind a junction, whose two ways say when each is taken.

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
        let endpoints =
            party.endpoints.iter().map(|(endpoint, id)| (format!("|\"{}\"|", escaped(&endpoint.value)), id));
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
                self.line(&format!("    {}{{\"{}?\"}}", condition_id(at, index), step.order));
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
            let (runs, skipped) = ways(&step.preconditions);
            self.line(&format!("    {} -->|\"{runs}\"| {}", condition_id(at, index), step_id(at, index)));
            self.line(&format!("    {} -.->|\"{skipped}: skipped\"| {next}", condition_id(at, index)));
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
        let label = if choices.is_empty() { String::new() } else { format!("|\"{}\"|", choices.join(", ")) };
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

/// When a step runs, and when it is skipped: if any of its conditions holds.
fn ways(preconditions: &[Precondition]) -> (String, String) {
    let skipped = preconditions.iter().map(|condition| in_words(condition, condition.execute_if));
    let skipped = skipped.collect::<Vec<_>>().join("<br/>or ");
    let runs = match preconditions {
        [one] if matches!(one.test, PreconditionTest::ClaimsExist(_)) => in_words(one, !one.execute_if),
        _ => "otherwise".to_owned(),
    };
    (runs, skipped)
}

/// What a condition looks at, and whether it is so.
fn in_words(precondition: &Precondition, is_so: bool) -> String {
    match (&precondition.test, is_so) {
        (PreconditionTest::ClaimsExist(claim), true) => format!("{} has a value", escaped(claim.value.as_str())),
        (PreconditionTest::ClaimsExist(claim), false) => format!("{} has no value", escaped(claim.value.as_str())),
        (PreconditionTest::ClaimEquals(claim, text), true) => {
            format!("{} is {}", escaped(claim.value.as_str()), escaped(&text.value))
        }
        (PreconditionTest::ClaimEquals(claim, text), false) => {
            format!("{} has a value but {}", escaped(claim.value.as_str()), escaped(&text.value))
        }
    }
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

#[cfg(test)]
mod tests {
    use journeyman_policy::source::Sources;
    use journeyman_policy::{PolicySet, Settings};

    const POLICY: &str = r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicyId="B2C_1A_P" TenantId="t">
      <UserJourneys><UserJourney Id="J"><OrchestrationSteps>
        <OrchestrationStep Order="1" Type="ClaimsProviderSelection"><ClaimsProviderSelections>
          <ClaimsProviderSelection TargetClaimsExchangeId="A" /><ClaimsProviderSelection TargetClaimsExchangeId="B" /></ClaimsProviderSelections></OrchestrationStep>
        <OrchestrationStep Order="2" Type="ClaimsExchange"><Preconditions>
          <Precondition Type="ClaimsExist" ExecuteActionsIf="true"><Value>mail "x" | y</Value></Precondition></Preconditions>
          <ClaimsExchanges><ClaimsExchange Id="A" TechnicalProfileReferenceId="TP" /></ClaimsExchanges></OrchestrationStep>
        <OrchestrationStep Order="3" Type="InvokeSubJourney"><Preconditions>
          <Precondition Type="ClaimsExist" ExecuteActionsIf="false"><Value>a</Value></Precondition>
          <Precondition Type="ClaimEquals" ExecuteActionsIf="true"><Value>b</Value><Value>#1</Value></Precondition></Preconditions>
          <JourneyList><Candidate SubJourneyReferenceId="S" /></JourneyList></OrchestrationStep>
        <OrchestrationStep Order="4" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Jwt" />
      </OrchestrationSteps></UserJourney></UserJourneys>
      <SubJourneys><SubJourney Id="S" Type="Call"><OrchestrationSteps><OrchestrationStep Order="1" Type="GetClaims" /></OrchestrationSteps></SubJourney></SubJourneys>
      <RelyingParty><DefaultUserJourney ReferenceId="j" /><TechnicalProfile Id="P" /></RelyingParty>
    </TrustFrameworkPolicy>"#;

    const CHART: &str = r#"flowchart TD
  rp(["B2C_1A_P"])
  rp --> j0s0
  subgraph j0["J"]
    j0s0["1 ClaimsProviderSelection"]
    j0c1{"2?"}
    j0s1["2 ClaimsExchange<br/>TP"]
    j0c2{"3?"}
    j0s2["3 InvokeSubJourney<br/>S"]
    j0s3["4 SendClaims<br/>Jwt"]
    j0end(["answer to the application"])
    j0s0 -->|"A, B"| j0c1
    j0c1 -->|"mail #34;x#34; #124; y has no value"| j0s1
    j0c1 -.->|"mail #34;x#34; #124; y has a value: skipped"| j0c2
    j0s1 --> j0c2
    j0c2 -->|"otherwise"| j0s2
    j0c2 -.->|"a has no value<br/>or b is #35;1: skipped"| j0s3
    j0s2 --> j0s3
    j0s3 --> j0end
  end
  j0s2 -.-> j1s0
  subgraph j1["S"]
    j1s0["1 GetClaims"]
    j1end(["back to the caller"])
    j1s0 --> j1end
  end
"#;

    #[test]
    fn conditions_are_words_on_the_ways() {
        let mut sources = Sources::default();
        sources.add("p.xml", POLICY);
        let set = PolicySet::compile(sources, &Settings::default());
        assert_eq!(super::mermaid(&set.policies[0]), CHART);
    }
}
