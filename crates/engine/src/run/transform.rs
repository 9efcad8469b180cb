//! Runs one claims transformation of a policy on some claims.

use journeyman_claims::transformations::{self, Call, Env, Input, Output, Surroundings, TransformError};
use journeyman_claims::{Bag, Claim, Name};
use journeyman_policy::model::ClaimsTransformation;

use crate::program::Program;
use crate::providers::Failure;
use crate::run::Run;
use crate::run::draw::Draws;
use crate::texts::Texts;

/// What it may ask about besides its claims.
struct Place<'a> {
    program: &'a Program,
    profile: &'a Name,
    texts: Texts<'a>,
    language: &'a str,
}

impl Surroundings for Place<'_> {
    fn tenant(&self) -> &str {
        &self.program.policy().tenant
    }

    fn technical_profile(&self) -> &str {
        self.profile.as_str()
    }

    fn language(&self) -> &str {
        self.language
    }

    fn localized(&self, string_id: &str) -> Option<String> {
        let kinds = ["GetLocalizedStringsTransformationClaimType", "FormatLocalizedStringTransformationClaimType"];
        kinds.iter().find_map(|kind| self.texts.localized(kind, None, string_id)).map(str::to_owned)
    }

    fn options(&self, claim: &Name) -> Vec<(String, String)> {
        super::fields::options(self.program, self.texts, claim).into_iter().map(|o| (o.text, o.value)).collect()
    }
}

impl Run<'_> {
    /// Runs the transformations of that list on a scope, in order, for a profile.
    pub(crate) fn transform(
        &mut self,
        profile: &Name,
        content: Option<&Name>,
        list: &[journeyman_policy::model::Ref],
        scope: &mut Bag,
    ) -> Result<(), Failure> {
        for reference in list {
            let Some(transformation) = self.program.policy().transformations.get(&reference.value) else {
                return Err(Failure::internal(90_037, format!("transformation `{}` is not declared", reference.value)));
            };
            self.transform_one(profile, content, transformation, scope)?;
        }
        Ok(())
    }

    fn transform_one(
        &mut self,
        profile: &Name,
        content: Option<&Name>,
        transformation: &ClaimsTransformation,
        scope: &mut Bag,
    ) -> Result<(), Failure> {
        let program = self.program;
        let Some(method) = transformations::find(&transformation.method.value) else {
            let detail = format!("`{}` uses the unknown method `{}`", transformation.id, transformation.method.value);
            return Err(Failure::internal(90_037, detail));
        };
        let call = call(program, transformation, scope);
        let secret = transformation.inputs.iter().any(|i| scope.entry(&i.claim.value).is_some_and(|c| c.secret));
        let language = self.journey.language.clone();
        let place =
            Place { program, profile, texts: Texts::new(program.policy(), content, &language), language: &language };
        let draws = Draws::of(&self.journey);
        let random = || draws.next();
        let env = Env { now: self.env.now, random: &random, surroundings: &place };
        let outputs = (method.apply)(&call, &env).map_err(|why| failure(transformation, &why))?;
        self.journey.draws = draws.count();
        for (role, value) in outputs.0 {
            for output in transformation.outputs.iter().filter(|o| o.role.eq_ignore_ascii_case(&role)) {
                let claim = output.claim.value.clone();
                let value = value.clone().and_then(|v| v.convert(program.data_type(&claim)).ok());
                match value {
                    Some(value) => scope.put(claim, Claim { value, secret }),
                    None => drop(scope.remove(&claim)),
                }
            }
        }
        Ok(())
    }
}

fn call<'a>(program: &Program, transformation: &'a ClaimsTransformation, scope: &Bag) -> Call<'a> {
    let inputs = transformation.inputs.iter().map(|input| Input {
        role: &input.role,
        claim: &input.claim.value,
        data_type: program.data_type(&input.claim.value),
        value: scope.get(&input.claim.value).cloned(),
    });
    let outputs = transformation.outputs.iter().map(|output| Output {
        role: &output.role,
        claim: &output.claim.value,
        data_type: program.data_type(&output.claim.value),
        before: scope.get(&output.claim.value).cloned(),
    });
    let parameters = transformation.parameters.iter().map(|p| (p.id.as_str(), p.value.value.as_str()));
    Call { inputs: inputs.collect(), parameters: parameters.collect(), outputs: outputs.collect() }
}

fn failure(transformation: &ClaimsTransformation, why: &TransformError) -> Failure {
    let detail = format!("transformation `{}`: {why}", transformation.id);
    match why {
        TransformError::Assertion(key) => Failure::keyed(key, 90_075, detail),
        TransformError::Runtime(_) => Failure::internal(90_037, detail),
    }
}
