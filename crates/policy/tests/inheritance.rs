//! Every rule of inheritance, text in and text out: what the files of a chain declare, root first, and what they come to.
//!
//! Each case is held against both merges: what is shown of the policy is the text, and its model is that of the text.

use journeyman_policy::effective::xml;
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};
use serde_json::Value;

/// A rule, the insides of the files, and the inside of the effective policy.
type Case = (&'static str, &'static [&'static str], &'static str);

/// Chains of claim types.
const CLAIM_TYPES: &[Case] = &[
    (
        "a claim type is extended part by part, whatever the case and the blanks of its id",
        &[
            "<ClaimType Id='Email'><DisplayName>Mail</DisplayName><DataType>string</DataType></ClaimType>",
            "<ClaimType Id=' email '><DisplayName>E-mail</DisplayName><UserInputType>TextBox</UserInputType></ClaimType>",
            "<ClaimType Id='EMAIL'><PredicateValidationReference Id='V'/></ClaimType>",
        ],
        "<ClaimType Id='Email'><DisplayName>E-mail</DisplayName><DataType>string</DataType>\
         <UserInputType>TextBox</UserInputType><PredicateValidationReference Id='V'/></ClaimType>",
    ),
    (
        "an empty part changes nothing",
        &[
            "<ClaimType Id='c'><UserHelpText>help</UserHelpText></ClaimType>",
            "<ClaimType Id='c'><UserHelpText/></ClaimType>",
        ],
        "<ClaimType Id='c'><UserHelpText>help</UserHelpText></ClaimType>",
    ),
    (
        "outside names, and a mask, are replaced together",
        &[
            "<ClaimType Id='c'><DefaultPartnerClaimTypes><Protocol Name='SAML2' PartnerClaimType='s'/></DefaultPartnerClaimTypes>\
             <Mask Type='Simple'>XX</Mask></ClaimType>",
            "<ClaimType Id='c'><DefaultPartnerClaimTypes><Protocol Name='OAuth2' PartnerClaimType='o'/></DefaultPartnerClaimTypes>\
             <Mask Type='Regex' Regex='a'>b</Mask></ClaimType>",
        ],
        "<ClaimType Id='c'><DefaultPartnerClaimTypes><Protocol Name='OAuth2' PartnerClaimType='o'/></DefaultPartnerClaimTypes>\
         <Mask Type='Regex' Regex='a'>b</Mask></ClaimType>",
    ),
    (
        "a restriction replaces",
        &[
            "<ClaimType Id='c'><Restriction><Enumeration Text='a' Value='a'/></Restriction></ClaimType>",
            "<ClaimType Id='c'><Restriction><Enumeration Text='b' Value='b'/></Restriction></ClaimType>",
        ],
        "<ClaimType Id='c'><Restriction><Enumeration Text='b' Value='b'/></Restriction></ClaimType>",
    ),
    (
        "a restriction appends, in a chain of them too",
        &[
            "<ClaimType Id='c'><Restriction><Enumeration Text='a' Value='a'/></Restriction></ClaimType>",
            "<ClaimType Id='c'><Restriction MergeBehavior='Append'><Enumeration Text='b' Value='b'/></Restriction></ClaimType>",
            "<ClaimType Id='c'><Restriction MergeBehavior='append'><Enumeration Text='c' Value='c'/></Restriction></ClaimType>",
        ],
        "<ClaimType Id='c'><Restriction><Enumeration Text='a' Value='a'/><Enumeration Text='b' Value='b'/>\
         <Enumeration Text='c' Value='c'/></Restriction></ClaimType>",
    ),
    (
        "a restriction prepends",
        &[
            "<ClaimType Id='c'><Restriction><Enumeration Text='a' Value='a'/></Restriction></ClaimType>",
            "<ClaimType Id='c'><Restriction MergeBehavior='Prepend'><Enumeration Text='b' Value='b'/></Restriction></ClaimType>",
        ],
        "<ClaimType Id='c'><Restriction><Enumeration Text='b' Value='b'/><Enumeration Text='a' Value='a'/></Restriction></ClaimType>",
    ),
    (
        "a pattern takes the place of a list, whatever it says of merging",
        &[
            "<ClaimType Id='c'><Restriction><Enumeration Text='a' Value='a'/></Restriction></ClaimType>",
            "<ClaimType Id='c'><Restriction MergeBehavior='Append'><Pattern RegularExpression='x'/></Restriction></ClaimType>",
        ],
        "<ClaimType Id='c'><Restriction><Pattern RegularExpression='x'/></Restriction></ClaimType>",
    ),
];

/// Chains of building blocks.
const BLOCKS: &[Case] = &[
    (
        "predicates and predicate validations are replaced whole",
        &[
            "<Predicates><Predicate Id='P' Method='IsLengthRange' HelpText='old'><Parameters><Parameter Id='Minimum'>1</Parameter>\
             </Parameters></Predicate></Predicates><PredicateValidations><PredicateValidation Id='V'><PredicateGroups>\
             <PredicateGroup Id='G'><PredicateReferences MatchAtLeast='1'><PredicateReference Id='P'/></PredicateReferences>\
             </PredicateGroup></PredicateGroups></PredicateValidation></PredicateValidations>",
            "<Predicates><Predicate Id='p' Method='MatchesRegex'/></Predicates><PredicateValidations>\
             <PredicateValidation Id='v'/></PredicateValidations>",
        ],
        "<Predicates><Predicate Id='P' Method='MatchesRegex'/></Predicates><PredicateValidations>\
         <PredicateValidation Id='V'/></PredicateValidations>",
    ),
    (
        "a claims transformation is replaced whole",
        &[
            "<ClaimsTransformations><ClaimsTransformation Id='T' TransformationMethod='CopyClaim'><InputClaims>\
             <InputClaim ClaimTypeReferenceId='a' TransformationClaimType='inputClaim'/></InputClaims></ClaimsTransformation>\
             </ClaimsTransformations>",
            "<ClaimsTransformations><ClaimsTransformation Id='t' TransformationMethod='NullClaim'><OutputClaims>\
             <OutputClaim ClaimTypeReferenceId='b' TransformationClaimType='claim_to_null'/></OutputClaims>\
             </ClaimsTransformation></ClaimsTransformations>",
        ],
        "<ClaimsTransformations><ClaimsTransformation Id='T' TransformationMethod='NullClaim'><OutputClaims>\
         <OutputClaim ClaimTypeReferenceId='b' TransformationClaimType='claim_to_null'/></OutputClaims>\
         </ClaimsTransformation></ClaimsTransformations>",
    ),
    (
        "content definitions keep what a child leaves out; metadata is by key",
        &[
            "<ContentDefinitions><ContentDefinition Id='api.x'><LoadUri>~/a</LoadUri><RecoveryUri>~/r</RecoveryUri><DataUri>urn:a</DataUri>\
             <Metadata><Item Key='One'>1</Item><Item Key='Two'>2</Item></Metadata></ContentDefinition></ContentDefinitions>",
            "<ContentDefinitions><ContentDefinition Id='API.X'><LoadUri>~/b</LoadUri>\
             <Metadata><Item Key='two '>b</Item><Item Key='Three'>3</Item></Metadata></ContentDefinition></ContentDefinitions>",
        ],
        "<ContentDefinitions><ContentDefinition Id='api.x'><LoadUri>~/b</LoadUri><RecoveryUri>~/r</RecoveryUri><DataUri>urn:a</DataUri>\
         <Metadata><Item Key='One'>1</Item><Item Key='Two'>b</Item><Item Key='Three'>3</Item></Metadata></ContentDefinition>\
         </ContentDefinitions>",
    ),
    (
        "references to texts: prepended ones go first, one a language",
        &[
            "<ContentDefinitions><ContentDefinition Id='x'><LocalizedResourcesReferences>\
             <LocalizedResourcesReference Language='en' LocalizedResourcesReferenceId='base.en'/>\
             <LocalizedResourcesReference Language='de' LocalizedResourcesReferenceId='base.de'/>\
             </LocalizedResourcesReferences></ContentDefinition></ContentDefinitions>",
            "<ContentDefinitions><ContentDefinition Id='x'><LocalizedResourcesReferences MergeBehavior='Prepend'>\
             <LocalizedResourcesReference Language='EN' LocalizedResourcesReferenceId='child.en'/>\
             </LocalizedResourcesReferences></ContentDefinition></ContentDefinitions>",
        ],
        "<ContentDefinitions><ContentDefinition Id='x'><LocalizedResourcesReferences>\
         <LocalizedResourcesReference Language='EN' LocalizedResourcesReferenceId='child.en'/>\
         <LocalizedResourcesReference Language='de' LocalizedResourcesReferenceId='base.de'/>\
         </LocalizedResourcesReferences></ContentDefinition></ContentDefinitions>",
    ),
    (
        "references to texts replace where they do not say",
        &[
            "<ContentDefinitions><ContentDefinition Id='x'><LocalizedResourcesReferences>\
             <LocalizedResourcesReference Language='de' LocalizedResourcesReferenceId='base.de'/>\
             </LocalizedResourcesReferences></ContentDefinition></ContentDefinitions>",
            "<ContentDefinitions><ContentDefinition Id='x'><LocalizedResourcesReferences>\
             <LocalizedResourcesReference Language='en' LocalizedResourcesReferenceId='child.en'/>\
             </LocalizedResourcesReferences></ContentDefinition></ContentDefinitions>",
        ],
        "<ContentDefinitions><ContentDefinition Id='x'><LocalizedResourcesReferences>\
         <LocalizedResourcesReference Language='en' LocalizedResourcesReferenceId='child.en'/>\
         </LocalizedResourcesReferences></ContentDefinition></ContentDefinitions>",
    ),
    (
        "languages are appended, their default inherited",
        &[
            "<Localization Enabled='true'><SupportedLanguages DefaultLanguage='en'><SupportedLanguage>en</SupportedLanguage>\
             </SupportedLanguages></Localization>",
            "<Localization><SupportedLanguages MergeBehavior='Append'><SupportedLanguage>de</SupportedLanguage>\
             </SupportedLanguages></Localization>",
        ],
        "<Localization Enabled='true'><SupportedLanguages DefaultLanguage='en'><SupportedLanguage>en</SupportedLanguage>\
         <SupportedLanguage>de</SupportedLanguage></SupportedLanguages></Localization>",
    ),
    (
        "languages replace where they do not say",
        &[
            "<Localization Enabled='true'><SupportedLanguages DefaultLanguage='en'><SupportedLanguage>en</SupportedLanguage>\
             </SupportedLanguages></Localization>",
            "<Localization Enabled='false'><SupportedLanguages DefaultLanguage='fr'><SupportedLanguage>fr</SupportedLanguage>\
             </SupportedLanguages></Localization>",
        ],
        "<Localization Enabled='false'><SupportedLanguages DefaultLanguage='fr'><SupportedLanguage>fr</SupportedLanguage>\
         </SupportedLanguages></Localization>",
    ),
    (
        "texts are a union, each replaced by itself; lists of options by their claim",
        &[
            "<Localization Enabled='true'><LocalizedResources Id='r'><LocalizedCollections>\
             <LocalizedCollection ElementType='ClaimType' ElementId='c' TargetCollection='Restriction'><Item Text='A' Value='a'/>\
             </LocalizedCollection></LocalizedCollections><LocalizedStrings>\
             <LocalizedString ElementType='UxElement' StringId='one'>1</LocalizedString>\
             <LocalizedString ElementType='ClaimType' ElementId='c' StringId='one'>c1</LocalizedString>\
             </LocalizedStrings></LocalizedResources></Localization>",
            "<Localization Enabled='true'><LocalizedResources Id='R'><LocalizedCollections>\
             <LocalizedCollection ElementType='ClaimType' ElementId='C' TargetCollection='Restriction'><Item Text='B' Value='b'/>\
             </LocalizedCollection></LocalizedCollections><LocalizedStrings>\
             <LocalizedString ElementType='ClaimType' ElementId='C' StringId='One'>child</LocalizedString>\
             <LocalizedString ElementType='UxElement' StringId='two'>2</LocalizedString>\
             </LocalizedStrings></LocalizedResources></Localization>",
        ],
        "<Localization Enabled='true'><LocalizedResources Id='r'><LocalizedCollections>\
         <LocalizedCollection ElementType='ClaimType' ElementId='C' TargetCollection='Restriction'><Item Text='B' Value='b'/>\
         </LocalizedCollection></LocalizedCollections><LocalizedStrings>\
         <LocalizedString ElementType='UxElement' StringId='one'>1</LocalizedString>\
         <LocalizedString ElementType='ClaimType' ElementId='C' StringId='One'>child</LocalizedString>\
         <LocalizedString ElementType='UxElement' StringId='two'>2</LocalizedString>\
         </LocalizedStrings></LocalizedResources></Localization>",
    ),
    (
        "a display control is extended claim by claim, an action replaced by its id",
        &[
            "<DisplayControls><DisplayControl Id='D' UserInterfaceControlType='VerificationControl'>\
             <DisplayClaims><DisplayClaim ClaimTypeReferenceId='a' Required='true'/></DisplayClaims>\
             <OutputClaims><OutputClaim ClaimTypeReferenceId='a'/></OutputClaims><Actions>\
             <Action Id='SendCode'><ValidationClaimsExchange><ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId='One'/>\
             </ValidationClaimsExchange></Action>\
             <Action Id='VerifyCode'><ValidationClaimsExchange><ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId='Two'/>\
             </ValidationClaimsExchange></Action></Actions></DisplayControl></DisplayControls>",
            "<DisplayControls><DisplayControl Id='d'>\
             <DisplayClaims><DisplayClaim ClaimTypeReferenceId='A' ControlClaimType='Email'/></DisplayClaims><Actions>\
             <Action Id='sendcode'><ValidationClaimsExchange><ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId='Three'/>\
             </ValidationClaimsExchange></Action></Actions></DisplayControl></DisplayControls>",
        ],
        "<DisplayControls><DisplayControl Id='D' UserInterfaceControlType='VerificationControl'>\
         <DisplayClaims><DisplayClaim ClaimTypeReferenceId='A' Required='true' ControlClaimType='Email'/></DisplayClaims>\
         <OutputClaims><OutputClaim ClaimTypeReferenceId='a'/></OutputClaims><Actions>\
         <Action Id='sendcode'><ValidationClaimsExchange><ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId='Three'/>\
         </ValidationClaimsExchange></Action>\
         <Action Id='VerifyCode'><ValidationClaimsExchange><ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId='Two'/>\
         </ValidationClaimsExchange></Action></Actions></DisplayControl></DisplayControls>",
    ),
];

/// Chains of one technical profile.
const PROFILE: &[Case] = &[
    (
        "single parts are replaced, others inherited",
        &[
            "<DisplayName>Base</DisplayName><Description>d</Description><Protocol Name='Proprietary' Handler='H'/>\
             <OutputTokenFormat>JWT</OutputTokenFormat><IncludeInSso>false</IncludeInSso>\
             <SubjectNamingInfo ClaimType='sub' Format='f'/><UseTechnicalProfileForSessionManagement ReferenceId='S'/>",
            "<DisplayName>Child</DisplayName><Protocol Name='None'/><SubjectNamingInfo ClaimType='oid'/>",
        ],
        "<DisplayName>Child</DisplayName><Description>d</Description><Protocol Name='None'/>\
         <OutputTokenFormat>JWT</OutputTokenFormat><IncludeInSso>false</IncludeInSso>\
         <SubjectNamingInfo ClaimType='oid'/><UseTechnicalProfileForSessionManagement ReferenceId='S'/>",
    ),
    (
        "metadata and keys are by key",
        &[
            "<Metadata><Item Key='client_id'>base</Item><Item Key='b'>2</Item></Metadata>\
             <CryptographicKeys><Key Id='k' StorageReferenceId='B2C_1A_One'/></CryptographicKeys>",
            "<Metadata><Item Key='Client_Id'>child</Item></Metadata>\
             <CryptographicKeys><Key Id='K' StorageReferenceId='B2C_1A_Two'/><Key Id='l' StorageReferenceId='B2C_1A_L'/></CryptographicKeys>",
        ],
        "<Metadata><Item Key='client_id'>child</Item><Item Key='b'>2</Item></Metadata>\
         <CryptographicKeys><Key Id='k' StorageReferenceId='B2C_1A_Two'/><Key Id='l' StorageReferenceId='B2C_1A_L'/></CryptographicKeys>",
    ),
    (
        "what a profile is enabled by is inherited with its metadata",
        &[
            "<Metadata><Item Key='ClaimTypeOnWhichToEnable'>a</Item><Item Key='ClaimValueOnWhichToEnable'>x</Item></Metadata>\
             <EnabledForUserJourneys>OnClaimsExistence</EnabledForUserJourneys>",
            "<Metadata><Item Key='ClaimValueOnWhichToEnable'>y</Item></Metadata>",
        ],
        "<Metadata><Item Key='ClaimTypeOnWhichToEnable'>a</Item><Item Key='ClaimValueOnWhichToEnable'>y</Item></Metadata>\
         <EnabledForUserJourneys>OnClaimsExistence</EnabledForUserJourneys>",
    ),
    (
        "a profile is switched off, and on again",
        &[
            "<DisplayName>d</DisplayName>",
            "<EnabledForUserJourneys>Never</EnabledForUserJourneys>",
            "<EnabledForUserJourneys>Always</EnabledForUserJourneys>",
        ],
        "<DisplayName>d</DisplayName><EnabledForUserJourneys>Always</EnabledForUserJourneys>",
    ),
    (
        "claims are a union in the parent's order, attribute by attribute; a default may become empty",
        &[
            "<InputClaims><InputClaim ClaimTypeReferenceId='a' PartnerClaimType='x' DefaultValue='1'/></InputClaims>\
             <PersistedClaims><PersistedClaim ClaimTypeReferenceId='p' OverwriteIfExists='false'/></PersistedClaims>\
             <OutputClaims><OutputClaim ClaimTypeReferenceId='o'/></OutputClaims>",
            "<InputClaims><InputClaim ClaimTypeReferenceId='b'/><InputClaim ClaimTypeReferenceId='A' DefaultValue='' PartnerClaimType=''/></InputClaims>\
             <PersistedClaims><PersistedClaim ClaimTypeReferenceId='p' DefaultValue='d'/></PersistedClaims>\
             <OutputClaims><OutputClaim ClaimTypeReferenceId='o' AlwaysUseDefaultValue='true'/></OutputClaims>",
        ],
        "<InputClaims><InputClaim ClaimTypeReferenceId='A' PartnerClaimType='x' DefaultValue=''/><InputClaim ClaimTypeReferenceId='b'/></InputClaims>\
         <PersistedClaims><PersistedClaim ClaimTypeReferenceId='p' OverwriteIfExists='false' DefaultValue='d'/></PersistedClaims>\
         <OutputClaims><OutputClaim ClaimTypeReferenceId='o' AlwaysUseDefaultValue='true'/></OutputClaims>",
    ),
    (
        "a claim under several outside names meets its own name first",
        &[
            "<OutputClaims><OutputClaim ClaimTypeReferenceId='a' PartnerClaimType='x'/><OutputClaim ClaimTypeReferenceId='a' PartnerClaimType='y'/></OutputClaims>",
            "<OutputClaims><OutputClaim ClaimTypeReferenceId='a' Required='true'/><OutputClaim ClaimTypeReferenceId='a' PartnerClaimType='x' DefaultValue='d'/></OutputClaims>",
        ],
        "<OutputClaims><OutputClaim ClaimTypeReferenceId='a' PartnerClaimType='x' DefaultValue='d'/>\
         <OutputClaim ClaimTypeReferenceId='a' PartnerClaimType='y' Required='true'/></OutputClaims>",
    ),
    (
        "display claims add up, controls beside claims; an empty list changes nothing",
        &[
            "<DisplayClaims><DisplayClaim ClaimTypeReferenceId='a'/><DisplayClaim DisplayControlReferenceId='D'/></DisplayClaims>",
            "<DisplayClaims><DisplayClaim DisplayControlReferenceId='d'/><DisplayClaim ClaimTypeReferenceId='b'/></DisplayClaims>",
            "<DisplayClaims/>",
        ],
        "<DisplayClaims><DisplayClaim ClaimTypeReferenceId='a'/><DisplayClaim DisplayControlReferenceId='d'/>\
         <DisplayClaim ClaimTypeReferenceId='b'/></DisplayClaims>",
    ),
    (
        "what runs, runs the child's first, and twice what is there twice",
        &[
            "<InputClaimsTransformations><InputClaimsTransformation ReferenceId='T'/></InputClaimsTransformations>\
             <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId='T'/></OutputClaimsTransformations>\
             <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId='Write'/></ValidationTechnicalProfiles>\
             <ErrorHandlers><ErrorHandler><ErrorResponseFormat>json</ErrorResponseFormat><ResponseMatch>a</ResponseMatch></ErrorHandler></ErrorHandlers>",
            "<InputClaimsTransformations><InputClaimsTransformation ReferenceId='U'/></InputClaimsTransformations>\
             <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId='U'/></OutputClaimsTransformations>\
             <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId='Rest'/>\
             <ValidationTechnicalProfile ReferenceId='write' ContinueOnError='true'/></ValidationTechnicalProfiles>\
             <ErrorHandlers><ErrorHandler><ErrorResponseFormat>json</ErrorResponseFormat><ResponseMatch>b</ResponseMatch></ErrorHandler></ErrorHandlers>",
        ],
        "<InputClaimsTransformations><InputClaimsTransformation ReferenceId='U'/><InputClaimsTransformation ReferenceId='T'/></InputClaimsTransformations>\
         <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId='U'/><OutputClaimsTransformation ReferenceId='T'/></OutputClaimsTransformations>\
         <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId='Rest'/>\
         <ValidationTechnicalProfile ReferenceId='write' ContinueOnError='true'/><ValidationTechnicalProfile ReferenceId='Write'/></ValidationTechnicalProfiles>\
         <ErrorHandlers><ErrorHandler><ErrorResponseFormat>json</ErrorResponseFormat><ResponseMatch>b</ResponseMatch></ErrorHandler>\
         <ErrorHandler><ErrorResponseFormat>json</ErrorResponseFormat><ResponseMatch>a</ResponseMatch></ErrorHandler></ErrorHandlers>",
    ),
];

/// Chains of claims providers.
const PROVIDERS: &[Case] = &[
    (
        "a profile is extended from a provider of another name, and stays where it was first",
        &[
            "<ClaimsProvider><DisplayName>One</DisplayName><TechnicalProfiles><TechnicalProfile Id='P'><DisplayName>p</DisplayName></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
            "<ClaimsProvider><DisplayName>Two</DisplayName><TechnicalProfiles><TechnicalProfile Id='p'><Description>d</Description></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
        ],
        "<ClaimsProvider><DisplayName>One</DisplayName><TechnicalProfiles><TechnicalProfile Id='P'><DisplayName>p</DisplayName><Description>d</Description></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
    ),
    (
        "a provider with a domain gives it to the profiles that it extends; a profile's own goes before it",
        &[
            "<ClaimsProvider><Domain>base.com</Domain><TechnicalProfiles><TechnicalProfile Id='P'/><TechnicalProfile Id='Q'><Domain>own.com</Domain></TechnicalProfile>\
             <TechnicalProfile Id='R'/></TechnicalProfiles></ClaimsProvider>",
            "<ClaimsProvider><Domain>child.com</Domain><TechnicalProfiles><TechnicalProfile Id='P'/></TechnicalProfiles></ClaimsProvider>\
             <ClaimsProvider><TechnicalProfiles><TechnicalProfile Id='R'><DisplayName>r</DisplayName></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
        ],
        "<ClaimsProvider><Domain>base.com</Domain><TechnicalProfiles><TechnicalProfile Id='Q'><Domain>own.com</Domain></TechnicalProfile>\
         <TechnicalProfile Id='R'><DisplayName>r</DisplayName></TechnicalProfile></TechnicalProfiles></ClaimsProvider>\
         <ClaimsProvider><Domain>child.com</Domain><TechnicalProfiles><TechnicalProfile Id='P'/></TechnicalProfiles></ClaimsProvider>",
    ),
    (
        "inclusions wait for the whole chain, at any depth; the includer goes before what it includes",
        &[
            "<ClaimsProvider><TechnicalProfiles><TechnicalProfile Id='Common'><Protocol Name='None'/><Metadata><Item Key='k'>common</Item></Metadata></TechnicalProfile>\
             <TechnicalProfile Id='Middle'><IncludeTechnicalProfile ReferenceId='common'/></TechnicalProfile>\
             <TechnicalProfile Id='Read'><Metadata><Item Key='k'>own</Item></Metadata><OutputClaims><OutputClaim ClaimTypeReferenceId='o'/></OutputClaims>\
             <IncludeTechnicalProfile ReferenceId='Middle'/></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
            "<ClaimsProvider><TechnicalProfiles><TechnicalProfile Id='Common'><Metadata><Item Key='ClientId'>c</Item></Metadata>\
             <OutputClaims><OutputClaim ClaimTypeReferenceId='added'/></OutputClaims></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
        ],
        "<ClaimsProvider><TechnicalProfiles>\
         <TechnicalProfile Id='Common'><Protocol Name='None'/><Metadata><Item Key='k'>common</Item><Item Key='ClientId'>c</Item></Metadata>\
         <OutputClaims><OutputClaim ClaimTypeReferenceId='added'/></OutputClaims></TechnicalProfile>\
         <TechnicalProfile Id='Middle'><Protocol Name='None'/><Metadata><Item Key='k'>common</Item><Item Key='ClientId'>c</Item></Metadata>\
         <OutputClaims><OutputClaim ClaimTypeReferenceId='added'/></OutputClaims></TechnicalProfile>\
         <TechnicalProfile Id='Read'><Protocol Name='None'/><Metadata><Item Key='k'>own</Item><Item Key='ClientId'>c</Item></Metadata>\
         <OutputClaims><OutputClaim ClaimTypeReferenceId='added'/><OutputClaim ClaimTypeReferenceId='o'/></OutputClaims></TechnicalProfile>\
         </TechnicalProfiles></ClaimsProvider>",
    ),
    (
        "a child includes another profile instead; the domain around a profile is not included, its own is",
        &[
            "<ClaimsProvider><Domain>around.com</Domain><TechnicalProfiles><TechnicalProfile Id='A'><DisplayName>a</DisplayName></TechnicalProfile>\
             <TechnicalProfile Id='B'><Domain>b.com</Domain><DisplayName>b</DisplayName></TechnicalProfile></TechnicalProfiles></ClaimsProvider>\
             <ClaimsProvider><TechnicalProfiles><TechnicalProfile Id='P'><IncludeTechnicalProfile ReferenceId='A'/></TechnicalProfile>\
             <TechnicalProfile Id='Q'><IncludeTechnicalProfile ReferenceId='A'/></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
            "<ClaimsProvider><TechnicalProfiles><TechnicalProfile Id='P'><IncludeTechnicalProfile ReferenceId='B'/></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
        ],
        "<ClaimsProvider><Domain>around.com</Domain><TechnicalProfiles><TechnicalProfile Id='A'><DisplayName>a</DisplayName></TechnicalProfile>\
         <TechnicalProfile Id='B'><Domain>b.com</Domain><DisplayName>b</DisplayName></TechnicalProfile></TechnicalProfiles></ClaimsProvider>\
         <ClaimsProvider><TechnicalProfiles><TechnicalProfile Id='P'><Domain>b.com</Domain><DisplayName>b</DisplayName></TechnicalProfile>\
         <TechnicalProfile Id='Q'><DisplayName>a</DisplayName></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
    ),
    (
        "input and output claims alone may be included",
        &[
            "<ClaimsProvider><TechnicalProfiles><TechnicalProfile Id='A'><DisplayName>a</DisplayName><InputClaims><InputClaim ClaimTypeReferenceId='i'/></InputClaims>\
           <PersistedClaims><PersistedClaim ClaimTypeReferenceId='p'/></PersistedClaims><OutputClaims><OutputClaim ClaimTypeReferenceId='o' DefaultValue='a'/></OutputClaims></TechnicalProfile>\
           <TechnicalProfile Id='P'><OutputClaims><OutputClaim ClaimTypeReferenceId='own'/><OutputClaim ClaimTypeReferenceId='o' DefaultValue='p'/></OutputClaims>\
           <IncludeClaimsFromTechnicalProfile> A </IncludeClaimsFromTechnicalProfile></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
        ],
        "<ClaimsProvider><TechnicalProfiles><TechnicalProfile Id='A'><DisplayName>a</DisplayName><InputClaims><InputClaim ClaimTypeReferenceId='i'/></InputClaims>\
         <PersistedClaims><PersistedClaim ClaimTypeReferenceId='p'/></PersistedClaims><OutputClaims><OutputClaim ClaimTypeReferenceId='o' DefaultValue='a'/></OutputClaims></TechnicalProfile>\
         <TechnicalProfile Id='P'><InputClaims><InputClaim ClaimTypeReferenceId='i'/></InputClaims>\
         <OutputClaims><OutputClaim ClaimTypeReferenceId='o' DefaultValue='p'/><OutputClaim ClaimTypeReferenceId='own'/></OutputClaims></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
    ),
    (
        "in a circle each profile keeps what it has itself",
        &[
            "<ClaimsProvider><TechnicalProfiles><TechnicalProfile Id='A'><DisplayName>a</DisplayName><IncludeTechnicalProfile ReferenceId='B'/></TechnicalProfile>\
           <TechnicalProfile Id='B'><Description>b</Description><IncludeTechnicalProfile ReferenceId='A'/></TechnicalProfile>\
           <TechnicalProfile Id='C'><IncludeTechnicalProfile ReferenceId='B'/></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
        ],
        "<ClaimsProvider><TechnicalProfiles><TechnicalProfile Id='A'><DisplayName>a</DisplayName><IncludeTechnicalProfile ReferenceId='B'/></TechnicalProfile>\
         <TechnicalProfile Id='B'><Description>b</Description><IncludeTechnicalProfile ReferenceId='A'/></TechnicalProfile>\
         <TechnicalProfile Id='C'><Description>b</Description></TechnicalProfile></TechnicalProfiles></ClaimsProvider>",
    ),
];

/// Chains of the steps of one journey.
const STEPS: &[Case] = &[
    (
        "a step that the parent lacks is added in its place",
        &[
            "<OrchestrationStep Order='1' Type='ClaimsExchange'/><OrchestrationStep Order='3' Type='SendClaims'/>",
            "<OrchestrationStep Order='4' Type='SendClaims'/><OrchestrationStep Order='2' Type='ClaimsExchange'/>",
        ],
        "<OrchestrationStep Order='1' Type='ClaimsExchange'/><OrchestrationStep Order='2' Type='ClaimsExchange'/>\
         <OrchestrationStep Order='3' Type='SendClaims'/><OrchestrationStep Order='4' Type='SendClaims'/>",
    ),
    (
        "a step with preconditions alone takes its sub journeys from the parent",
        &[
            "<OrchestrationStep Order='4' Type='InvokeSubJourney'><JourneyList><Candidate SubJourneyReferenceId='S'/></JourneyList></OrchestrationStep>",
            "<OrchestrationStep Order='4' Type='InvokeSubJourney'><Preconditions><Precondition Type='ClaimsExist' ExecuteActionsIf='true'><Value>a</Value>\
           <Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions></OrchestrationStep>",
        ],
        "<OrchestrationStep Order='4' Type='InvokeSubJourney'><Preconditions><Precondition Type='ClaimsExist' ExecuteActionsIf='true'><Value>a</Value>\
         <Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions><JourneyList><Candidate SubJourneyReferenceId='S'/></JourneyList></OrchestrationStep>",
    ),
    (
        "preconditions are replaced together",
        &[
            "<OrchestrationStep Order='1' Type='ClaimsExchange'><Preconditions><Precondition Type='ClaimsExist' ExecuteActionsIf='true'><Value>a</Value></Precondition>\
           <Precondition Type='ClaimsExist' ExecuteActionsIf='true'><Value>b</Value></Precondition></Preconditions></OrchestrationStep>",
            "<OrchestrationStep Order='1' Type='ClaimsExchange'><Preconditions><Precondition Type='ClaimsExist' ExecuteActionsIf='false'><Value>c</Value></Precondition></Preconditions></OrchestrationStep>",
        ],
        "<OrchestrationStep Order='1' Type='ClaimsExchange'><Preconditions><Precondition Type='ClaimsExist' ExecuteActionsIf='false'><Value>c</Value></Precondition></Preconditions></OrchestrationStep>",
    ),
    (
        "an empty list of preconditions takes them away",
        &[
            "<OrchestrationStep Order='1' Type='ClaimsExchange'><Preconditions><Precondition Type='ClaimsExist' ExecuteActionsIf='true'><Value>a</Value></Precondition></Preconditions></OrchestrationStep>",
            "<OrchestrationStep Order='1' Type='ClaimsExchange'><Preconditions/></OrchestrationStep>",
        ],
        "<OrchestrationStep Order='1' Type='ClaimsExchange'><Preconditions/></OrchestrationStep>",
    ),
    (
        "an exchange is bound to another profile, and the choices stay",
        &[
            "<OrchestrationStep Order='1' Type='CombinedSignInAndSignUp' ContentDefinitionReferenceId='api.s'><ClaimsProviderSelections DisplayOption='ShowSingleProvider'>\
           <ClaimsProviderSelection TargetClaimsExchangeId='F'/><ClaimsProviderSelection ValidationClaimsExchangeId='L'/></ClaimsProviderSelections>\
           <ClaimsExchanges><ClaimsExchange Id='L' TechnicalProfileReferenceId='One'/></ClaimsExchanges></OrchestrationStep>",
            "<OrchestrationStep Order='1' Type='CombinedSignInAndSignUp'><ClaimsExchanges><ClaimsExchange Id='l' TechnicalProfileReferenceId='Two'/></ClaimsExchanges></OrchestrationStep>",
        ],
        "<OrchestrationStep Order='1' Type='CombinedSignInAndSignUp' ContentDefinitionReferenceId='api.s'><ClaimsProviderSelections DisplayOption='ShowSingleProvider'>\
         <ClaimsProviderSelection TargetClaimsExchangeId='F'/><ClaimsProviderSelection ValidationClaimsExchangeId='L'/></ClaimsProviderSelections>\
         <ClaimsExchanges><ClaimsExchange Id='l' TechnicalProfileReferenceId='Two'/></ClaimsExchanges></OrchestrationStep>",
    ),
    (
        "exchanges, choices and sub journeys add up; a choice is its exchange, however it names it",
        &[
            "<OrchestrationStep Order='1' Type='ClaimsProviderSelection'><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId='A'/></ClaimsProviderSelections>\
           <ClaimsExchanges><ClaimsExchange Id='A' TechnicalProfileReferenceId='P'/></ClaimsExchanges><JourneyList><Candidate SubJourneyReferenceId='S'/></JourneyList></OrchestrationStep>",
            "<OrchestrationStep Order='1' Type='ClaimsProviderSelection'><ClaimsProviderSelections><ClaimsProviderSelection ValidationClaimsExchangeId='a'/>\
           <ClaimsProviderSelection TargetClaimsExchangeId='B'/></ClaimsProviderSelections>\
           <ClaimsExchanges><ClaimsExchange Id='B' TechnicalProfileReferenceId='Q'/></ClaimsExchanges><JourneyList><Candidate SubJourneyReferenceId='T'/></JourneyList></OrchestrationStep>",
        ],
        "<OrchestrationStep Order='1' Type='ClaimsProviderSelection'><ClaimsProviderSelections><ClaimsProviderSelection ValidationClaimsExchangeId='a'/>\
         <ClaimsProviderSelection TargetClaimsExchangeId='B'/></ClaimsProviderSelections>\
         <ClaimsExchanges><ClaimsExchange Id='A' TechnicalProfileReferenceId='P'/><ClaimsExchange Id='B' TechnicalProfileReferenceId='Q'/></ClaimsExchanges>\
         <JourneyList><Candidate SubJourneyReferenceId='S'/><Candidate SubJourneyReferenceId='T'/></JourneyList></OrchestrationStep>",
    ),
    (
        "the last step becomes another, and a new last step follows",
        &[
            "<OrchestrationStep Order='4' Type='SendClaims' CpimIssuerTechnicalProfileReferenceId='Jwt'/>",
            "<OrchestrationStep Order='4' Type='ClaimsExchange'><ClaimsExchanges><ClaimsExchange Id='E' TechnicalProfileReferenceId='P'/></ClaimsExchanges></OrchestrationStep>\
           <OrchestrationStep Order='5' Type='SendClaims' CpimIssuerTechnicalProfileReferenceId='Jwt'/>",
        ],
        "<OrchestrationStep Order='4' Type='ClaimsExchange' CpimIssuerTechnicalProfileReferenceId='Jwt'><ClaimsExchanges><ClaimsExchange Id='E' TechnicalProfileReferenceId='P'/></ClaimsExchanges></OrchestrationStep>\
         <OrchestrationStep Order='5' Type='SendClaims' CpimIssuerTechnicalProfileReferenceId='Jwt'/>",
    ),
    (
        "a shorter journey, or one with gaps, leaves the parent's other steps",
        &[
            "<OrchestrationStep Order='1' Type='ClaimsExchange'/><OrchestrationStep Order='2' Type='GetClaims'/><OrchestrationStep Order='3' Type='SendClaims' CpimIssuerTechnicalProfileReferenceId='Jwt'/>",
            "<OrchestrationStep Order='1' Type='Noop'/>",
            "<OrchestrationStep Order='3' Type='SendClaims' CpimIssuerTechnicalProfileReferenceId='Saml'/>",
        ],
        "<OrchestrationStep Order='1' Type='Noop'/><OrchestrationStep Order='2' Type='GetClaims'/><OrchestrationStep Order='3' Type='SendClaims' CpimIssuerTechnicalProfileReferenceId='Saml'/>",
    ),
];

/// Whole policies.
const POLICIES: &[Case] = &[
    (
        "a journey's attributes are the child's or else inherited; who may run it is replaced",
        &[
            "<UserJourneys><UserJourney Id='J' DefaultCpimIssuerTechnicalProfileReferenceId='I' NonInteractive='true'><Authorization><AuthorizationTechnicalProfiles>\
           <AuthorizationTechnicalProfile ReferenceId='A'/></AuthorizationTechnicalProfiles></Authorization></UserJourney></UserJourneys>",
            "<UserJourneys><UserJourney Id='j' NonInteractive='false'><Authorization><AuthorizationTechnicalProfiles>\
           <AuthorizationTechnicalProfile ReferenceId='B'/></AuthorizationTechnicalProfiles></Authorization></UserJourney></UserJourneys>",
        ],
        "<UserJourneys><UserJourney Id='J' DefaultCpimIssuerTechnicalProfileReferenceId='I' NonInteractive='false'><Authorization><AuthorizationTechnicalProfiles>\
         <AuthorizationTechnicalProfile ReferenceId='B'/></AuthorizationTechnicalProfiles></Authorization></UserJourney></UserJourneys>",
    ),
    (
        "a sub journey stays what it is until a child says otherwise",
        &[
            "<SubJourneys><SubJourney Id='A' Type='Transfer'/><SubJourney Id='B' Type='Transfer'/></SubJourneys>",
            "<SubJourneys><SubJourney Id='A'/><SubJourney Id='B' Type='Call'/></SubJourneys>",
        ],
        "<SubJourneys><SubJourney Id='A' Type='Transfer'/><SubJourney Id='B' Type='Call'/></SubJourneys>",
    ),
    (
        "the relying party is the leaf's; its journey may be inherited",
        &[
            "<RelyingParty><DefaultUserJourney ReferenceId='J'/><UserJourneyBehaviors><ScriptExecution>Allow</ScriptExecution></UserJourneyBehaviors>\
           <TechnicalProfile Id='P'><OutputClaims><OutputClaim ClaimTypeReferenceId='base'/></OutputClaims></TechnicalProfile></RelyingParty>",
            "",
            "<RelyingParty><TechnicalProfile Id='P'><OutputClaims><OutputClaim ClaimTypeReferenceId='leaf'/></OutputClaims></TechnicalProfile></RelyingParty>",
        ],
        "<RelyingParty><DefaultUserJourney ReferenceId='J'/><TechnicalProfile Id='P'><OutputClaims><OutputClaim ClaimTypeReferenceId='leaf'/></OutputClaims></TechnicalProfile></RelyingParty>",
    ),
    (
        "what nothing runs is shown all the same, the leaf's own",
        &[
            "<DocumentReferences><DocumentReference Id='D'/></DocumentReferences>",
            "<PolicyConstraints><Inheritance DerivingPolicies='All'/></PolicyConstraints><BuildingBlocks><ClientDefinitions><ClientDefinition Id='C'><ClientUIFilterFlags>x</ClientUIFilterFlags></ClientDefinition>\
           </ClientDefinitions></BuildingBlocks>",
        ],
        "<PolicyConstraints><Inheritance DerivingPolicies='All'/></PolicyConstraints><BuildingBlocks><ClientDefinitions><ClientDefinition Id='C'><ClientUIFilterFlags>x</ClientUIFilterFlags></ClientDefinition>\
         </ClientDefinitions></BuildingBlocks>",
    ),
];

fn compiled(layers: &[String]) -> PolicySet {
    let mut sources = Sources::default();
    for (at, inside) in layers.iter().enumerate() {
        let base = at.checked_sub(1).map(|base| format!("<BasePolicy><PolicyId>P{base}</PolicyId></BasePolicy>"));
        let namespace = "http://schemas.microsoft.com/online/cpim/schemas/2013/06";
        let root = format!("<TrustFrameworkPolicy xmlns='{namespace}' TenantId='t' PolicyId='P{at}'>");
        sources.add(format!("{at}.xml"), format!("{root}{}{inside}</TrustFrameworkPolicy>", base.unwrap_or_default()));
    }
    PolicySet::compile(sources, &Settings::default())
}

/// The inside of the root element that is shown of the leaf, without its comments and its layout.
fn shown(layers: &[String]) -> String {
    let set = compiled(layers);
    let mut text = xml(&set, &set.policies[layers.len() - 1]).expect("the policy is of the set");
    while let (Some(start), Some(end)) = (text.find("<!--"), text.find("-->")) {
        text.replace_range(start..end + "-->".len(), "");
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.replace("> <", "><").replace(" />", "/>").replace('"', "'");
    let root = text.find("<TrustFrameworkPolicy").expect("the root is there");
    let inside = &text[root..];
    let inside = &inside[inside.find('>').expect("its tag ends") + 1..];
    inside.strip_suffix("</TrustFrameworkPolicy>").unwrap_or(inside).to_owned()
}

fn meaning(layers: &[String]) -> Value {
    let set = compiled(layers);
    let mut value = serde_json::to_value(&*set.policies[layers.len() - 1]).expect("a policy is data");
    for own in ["id", "public_policy_uri"] {
        value[own] = Value::Null;
    }
    forget_places(&mut value);
    value
}

fn forget_places(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|key, _| key != "chain" && !key.ends_with("span"));
            object.values_mut().for_each(forget_places);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_places),
        _ => {}
    }
}

/// Holds cases whose texts stand between these two.
fn hold(cases: &[Case], before: &str, after: &str) {
    for (rule, layers, expected) in cases {
        let whole = |inside: &str| format!("{before}{inside}{after}");
        let layers: Vec<String> = layers.iter().map(|inside| whole(inside)).collect();
        let expected = whole(expected);
        assert_eq!(shown(&layers), expected, "{rule}");
        assert_eq!(meaning(&layers), meaning(&[expected]), "{rule}");
    }
}

#[test]
fn claim_types() {
    hold(CLAIM_TYPES, "<BuildingBlocks><ClaimsSchema>", "</ClaimsSchema></BuildingBlocks>");
}

#[test]
fn building_blocks() {
    hold(BLOCKS, "<BuildingBlocks>", "</BuildingBlocks>");
}

#[test]
fn technical_profiles() {
    let before = "<ClaimsProviders><ClaimsProvider><TechnicalProfiles><TechnicalProfile Id='TP'>";
    hold(PROFILE, before, "</TechnicalProfile></TechnicalProfiles></ClaimsProvider></ClaimsProviders>");
}

#[test]
fn claims_providers() {
    hold(PROVIDERS, "<ClaimsProviders>", "</ClaimsProviders>");
}

#[test]
fn steps() {
    let before = "<UserJourneys><UserJourney Id='J'><OrchestrationSteps>";
    hold(STEPS, before, "</OrchestrationSteps></UserJourney></UserJourneys>");
    let before = "<SubJourneys><SubJourney Id='J' Type='Call'><OrchestrationSteps>";
    hold(STEPS, before, "</OrchestrationSteps></SubJourney></SubJourneys>");
}

#[test]
fn policies() {
    hold(POLICIES, "", "");
}

#[test]
fn the_root_is_the_leafs_and_its_tenant_inherited() {
    let mut sources = Sources::default();
    let root = "TrustFrameworkPolicy xmlns='http://schemas.microsoft.com/online/cpim/schemas/2013/06'";
    sources.add(
        "a.xml",
        format!(
            "<{root} TenantId='t' TenantObjectId='o' PolicyId='A' DeploymentMode='Development' PublicPolicyUri='u'/>"
        ),
    );
    let base = "<BasePolicy><PolicyId>a</PolicyId></BasePolicy>";
    sources.add(
        "b.xml",
        format!("<{root} PolicyId='B' UserJourneyRecorderEndpoint='urn:x'>{base}</TrustFrameworkPolicy>"),
    );
    let set = PolicySet::compile(sources, &Settings::default());
    let text = xml(&set, &set.policies[1]).expect("the policy is of the set");
    let tag = &text[text.find("<TrustFrameworkPolicy").expect("the root is there")..];
    let words: Vec<_> = tag.split_whitespace().skip(2).collect();
    assert_eq!(
        words.join(" "),
        "PolicyId=\"B\" UserJourneyRecorderEndpoint=\"urn:x\" TenantId=\"t\" TenantObjectId=\"o\" /> \
         <!-- TenantId a:1, TenantObjectId a:1 -->"
    );
}
