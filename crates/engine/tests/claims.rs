//! Findings about claim types, predicates, transformations and resolvers: what is said, on which words, and what to do.

use journeyman_engine::findings;
use journeyman_policy::example::Example;
use journeyman_policy::{PolicySet, Settings};

/// What is found in building blocks of a leaf and a profile's inside: a line a finding.
fn said(blocks: &str, profile: &str) -> Vec<String> {
    let text = format!(
        "<BuildingBlocks>{blocks}</BuildingBlocks><ClaimsProviders><ClaimsProvider><DisplayName>P</DisplayName>\
         <TechnicalProfiles><TechnicalProfile Id=\"Example\"><DisplayName>Example</DisplayName>\
         <Protocol Name=\"Proprietary\" Handler=\"Web.TPEngine.Providers.ClaimsTransformationProtocolProvider\" />\
         {profile}</TechnicalProfile></TechnicalProfiles></ClaimsProvider></ClaimsProviders>"
    );
    let set = PolicySet::compile(Example::Leaf(text.leak()).sources(), &Settings::default());
    let line = |found: &journeyman_policy::diagnostic::Diagnostic| {
        let marked = set.sources.text(found.primary.span);
        let help = found.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{} {}: {} [{marked}]{help}", found.code.id, found.message, found.primary.text)
    };
    findings(&set).iter().map(line).collect()
}

fn transformation(
    method: &str,
    inputs: &[(&str, &str)],
    parameters: &[(&str, &str)],
    outputs: &[(&str, &str)],
) -> String {
    let claims = |direction: &str, claims: &[(&str, &str)]| {
        let each = claims.iter().map(|(role, claim)| {
            format!("<{direction}Claim ClaimTypeReferenceId=\"{claim}\" TransformationClaimType=\"{role}\" />")
        });
        let each: String = each.collect();
        if each.is_empty() { each } else { format!("<{direction}Claims>{each}</{direction}Claims>") }
    };
    let each = parameters
        .iter()
        .map(|(id, value)| format!("<InputParameter Id=\"{id}\" DataType=\"string\" Value=\"{value}\" />"));
    let each: String = each.collect();
    let given = if each.is_empty() { each } else { format!("<InputParameters>{each}</InputParameters>") };
    format!(
        "<ClaimsTransformations><ClaimsTransformation Id=\"T\" TransformationMethod=\"{method}\">{}{given}{}\
         </ClaimsTransformation></ClaimsTransformations>",
        claims("Input", inputs),
        claims("Output", outputs)
    )
}

#[test]
fn a_transformation_that_does_not_fit_its_method() {
    let fits = [("outputClaim", "isNew")];
    let operands = [("inputClaim1", "email"), ("inputClaim2", "displayName")];
    let equal = [("operator", "EQUAL")];
    for (method, inputs, parameters, outputs, expected) in [
        ("CompareClaims", &operands[..], &equal[..], &fits[..], &[][..]),
        (
            "CompareClaim",
            &operands,
            &equal,
            &fits,
            &[
                "JM1014 `CompareClaim` is not a transformation method: `T` cannot run [CompareClaim] (did you mean `CompareClaims`?)",
            ],
        ),
        (
            "CompareClaims",
            &[("inputClaim1", "email"), ("inputClaim2", "isNew")],
            &equal,
            &fits,
            &[
                "JM1019 input claim `inputClaim2` of `CompareClaims` must be of type string, not boolean: `isNew` is of type boolean [isNew]",
            ],
        ),
        (
            "CompareClaims",
            &[("inputClaim1", "email"), ("inputClaim", "otp")],
            &equal,
            &fits,
            &[
                "JM1019 `CompareClaims` has no input claim `inputClaim`: expected `inputClaim1`, `inputClaim2` [inputClaim] (did you mean `inputClaim2`?)",
            ],
        ),
        (
            "CompareClaims",
            &operands,
            &[("operator", "EQUALS"), ("ignoreCas", "true")],
            &[("outputClaim", "otp")],
            &[
                "JM1030 parameter `ignoreCas` of `T` has no effect: `CompareClaims` does not read it [ignoreCas] (did you mean `ignoreCase`?)",
                "JM1019 parameter `operator` of `CompareClaims` cannot be `EQUALS`: it must be `EQUAL` or `NOT EQUAL` [EQUALS]",
                "JM1019 output claim `outputClaim` of `CompareClaims` must be of type boolean, not string: `otp` is of type string [otp]",
            ],
        ),
        (
            "CompareClaims",
            &operands,
            &[],
            &fits,
            &["JM1019 claims transformation `T` has no parameter `operator`: `CompareClaims` needs it [T]"],
        ),
        // What is not declared is a finding of its own, and its type is nobody's business.
        (
            "NotClaims",
            &[("inputClaim", "nobody")],
            &[],
            &fits,
            &["JM0101 claim type `nobody` is not declared: not in this policy or any base policy [nobody]"],
        ),
        // A value that is not known yet is not read.
        (
            "CompareClaims",
            &operands,
            &[("operator", "{Settings:Operator}")],
            &fits,
            &[
                "JM0010 the placeholder `Operator` has no value:  [{Settings:Operator}] (give it with `--set Operator=…`, or name an environment of `appsettings.json`)",
            ],
        ),
    ] {
        let blocks = transformation(method, inputs, parameters, outputs);
        let found: Vec<_> = said(&blocks, "")
            .into_iter()
            .map(|line| line.replace("[<ClaimsTransformation Id=\"T\" TransformationMethod=\"CompareClaims\">]", "[T]"))
            .collect();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        let mut found: Vec<_> = found.iter().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{method} {inputs:?} {parameters:?} {outputs:?}");
    }
}

#[test]
fn predicates_that_cannot_be_used() {
    for (method, parameters, expected) in [
        ("IsLengthRange", &[("Minimum", "8"), ("Maximum", "64")][..], ""),
        ("IncludesCharacters", &[("CharacterSet", "@#[]-_\\\\")], ""),
        ("IsDateRange", &[("Minimum", "1970-01-01"), ("Maximum", "Today")], ""),
        (
            "IsLength",
            &[("Minimum", "8")],
            "JM1018 predicate `P` cannot be used: predicate method `IsLength` is unknown [IsLength] (no value passes it)",
        ),
        (
            "MatchRegex",
            &[("RegularExpression", "a")],
            "JM1018 predicate `P` cannot be used: predicate method `MatchRegex` is unknown [MatchRegex] (did you mean `MatchesRegex`?)",
        ),
        (
            "MatchesRegex",
            &[("RegularExpresion", "a")],
            "JM1018 predicate `P` cannot be used: parameter `RegularExpression` is missing [a] (did you mean `RegularExpression`?)",
        ),
        (
            "MatchesRegex",
            &[("RegularExpression", "a**")],
            "JM1018 predicate `P` cannot be used: the pattern is malformed: a quantifier follows another [a**] (no value passes it)",
        ),
        (
            "IsLengthRange",
            &[("Minimum", "eight")],
            "JM1018 predicate `P` cannot be used: parameter `Minimum` is not a length [eight] (no value passes it)",
        ),
        (
            "IsLengthRange",
            &[("Minimum", "9"), ("Maximum", "8")],
            "JM1018 predicate `P` cannot be used: nothing lies between `Minimum` and `Maximum` [9] (no value passes it)",
        ),
        (
            "IsLengthRange",
            &[("Minimum", "8"), ("Max", "9")],
            "JM1030 parameter `Max` of `P` has no effect: `IsLengthRange` does not read it [9]",
        ),
    ] {
        let each: String =
            parameters.iter().map(|(id, value)| format!("<Parameter Id=\"{id}\">{value}</Parameter>")).collect();
        let blocks = format!(
            "<Predicates><Predicate Id=\"P\" Method=\"{method}\" HelpText=\"x\"><Parameters>{each}</Parameters></Predicate></Predicates>"
        );
        assert_eq!(said(&blocks, "").join("\n"), expected, "{method} {parameters:?}");
    }
}

#[test]
fn fields_and_lists_that_do_not_fit_the_data_type() {
    let item = |chosen: &str| format!("<Enumeration Text=\"A\" Value=\"a\" SelectByDefault=\"{chosen}\" />");
    let list = |items: &str| format!("<Restriction>{items}</Restriction>");
    let two = list(&(item("true") + &item("true")));
    let one = list(&(item("true") + &item("false")));
    for (data_type, field, restriction, expected) in [
        ("string", "RadioSingleSelect", &*one, &[][..]),
        ("boolean", "RadioSingleSelect", &*one, &[]),
        ("string", "CheckboxMultiSelect", &*two, &[]),
        ("phoneNumber", "TextBox", "", &[]),
        (
            "string",
            "DropdownSingleSelect",
            &*two,
            &[
                "JM1037 the list of claim type `c` does not fit it: 2 of its items are `SelectByDefault`, and only one can be chosen [DropdownSingleSelect]",
            ],
        ),
        (
            "boolean",
            "CheckboxMultiSelect",
            &*one,
            &[
                "JM1036 a `CheckboxMultiSelect` cannot hold the claim `c`: it holds string or stringCollection [CheckboxMultiSelect]",
            ],
        ),
        ("date", "Password", "", &["JM1036 a `Password` cannot hold the claim `c`: it holds string [Password]"]),
        (
            "string",
            "DateTimeDropdown",
            "",
            &["JM1036 a `DateTimeDropdown` cannot hold the claim `c`: it holds date or dateTime [DateTimeDropdown]"],
        ),
        ("date", "Readonly", &*one, &["JM1037 the list of claim type `c` does not fit it: a date has no list [date]"]),
        (
            "string",
            "TextBox",
            "<Restriction><Pattern RegularExpression=\"(\" /></Restriction>",
            &[
                "JM1017 a regular expression of claim type `c` cannot be used: the pattern is malformed: a parenthesis is not closed [(] (no value passes it, and nothing shows through it)",
            ],
        ),
    ] {
        let blocks = format!(
            "<ClaimsSchema><ClaimType Id=\"c\"><DisplayName>C</DisplayName><DataType>{data_type}</DataType>\
             <UserInputType>{field}</UserInputType>{restriction}</ClaimType></ClaimsSchema>"
        );
        assert_eq!(said(&blocks, ""), expected, "{data_type} {field} {restriction}");
    }
}

#[test]
fn resolvers_that_do_nothing() {
    let switch = "<Metadata><Item Key=\"IncludeClaimResolvingInClaimsHandling\">true</Item></Metadata>";
    let always = "AlwaysUseDefaultValue=\"true\"";
    for (metadata, attributes, expected) in [
        (switch, format!("DefaultValue=\"{{OIDC:LoginHint}} {{Claim:email}}\" {always}"), ""),
        (switch, format!("DefaultValue=\"{{&quot;a&quot;:1}} {{0}}\" {always}"), ""),
        (
            "",
            format!("DefaultValue=\"a {{OIDC:LoginHint}}\" {always}"),
            "JM1031 `{OIDC:LoginHint}` is not filled in: `Example` does not ask for it [{OIDC:LoginHint}] (add `<Item Key=\"IncludeClaimResolvingInClaimsHandling\">true</Item>` to its metadata)",
        ),
        (
            switch,
            format!("DefaultValue=\"{{OIDC:LoginHnt}}\" {always}"),
            "JM1032 `{OIDC:LoginHnt}` is no claim resolver: it stays as it is written [{OIDC:LoginHnt}] (did you mean `{OIDC:LoginHint}`?)",
        ),
        (
            switch,
            format!("DefaultValue=\"{{claim:emial}}\" {always}"),
            "JM1033 claim type `emial` is not declared: it never has a value [{claim:emial}] (did you mean `email`?)",
        ),
        (
            switch,
            format!("DefaultValue=\"{{oauth2:access_token}}\" {always}"),
            "JM1034 `{oauth2:access_token}` has no effect here: claim resolvers are not filled in in a value [{oauth2:access_token}] (its place is the `PartnerClaimType` of an output claim of an OAuth 2.0 or OpenID Connect provider)",
        ),
    ] {
        let profile =
            format!("{metadata}<OutputClaims><OutputClaim ClaimTypeReferenceId=\"otp\" {attributes} /></OutputClaims>");
        // Whether anything sets a claim is another matter.
        let about: Vec<_> = said("", &profile).into_iter().filter(|one| one.starts_with("JM103")).collect();
        assert_eq!(about.join("\n"), expected, "{metadata} {attributes}");
    }
}
