/**
 * Words that paths of APIs have, whatever the API is about, in small letters and the singular. A closed list: what is
 * in a path and is none of them may be the name of a person.
 */
const WORDS = `
  api rest graphql gql fhir odata soap rpc jsonrpc grpc ws service svc public private internal external app web
  mobile admin portal console gateway proxy edge core common shared open data cgi bin index main root home
  stage staging sandbox prod production dev test live beta preview latest current default global local auth
  oauth oauth2 oidc sso saml scim login logout signin signout signup register authorize authorization
  authenticate authentication token refresh revoke introspect userinfo session credential password key apikey
  client secret certificate consent scope permission role policy grant me self whoami profile account user
  group member membership team organization organisation org tenant workspace company enterprise agency
  customer contact person people provider physician nurse employee staff
  worker contractor vendor supplier partner merchant store shop location site address country region city state
  branch department unit facility office appointment schedule shift slot visit encounter episode care plan task
  job work order line item product catalog catalogue category price pricing quote offer cart checkout basket
  payment charge refund payout transfer balance invoice bill billing subscription coupon discount tax receipt
  transaction ledger journal entry report statement expense budget payroll timesheet time clock attendance
  leave absence holiday vacation benefit salary wage rate document file folder attachment upload download image
  photo picture avatar video audio media asset blob object bucket content page post article blog comment note
  message mail email sms text chat channel conversation thread notification alert event hook callback
  subscriber topic queue stream feed log audit history activity metric stat statistic analytics insight
  dashboard monitor monitoring health healthz healthcheck ready readyz livez ping status version info about
  meta metadata schema definition type field attribute property value option setting setup config configuration
  preference feature flag template form survey question answer response request result record resource entity
  row table column view list collection set search query filter find lookup suggest autocomplete match compare
  count total summary detail export import sync batch bulk create update delete remove add edit patch copy move
  restore archive publish cancel close reopen approve reject submit complete confirm verify validate check send
  resend retry start stop pause resume run execute action operation command function method process workflow
  pipeline build deploy deployment release environment project repository repo commit issue ticket case
  incident device sensor reading meter measurement observation condition medication prescription allergy
  immunization procedure diagnosis lab specimen coverage eligibility referral goal communication bundle
  questionnaire domain zone node cluster server host instance machine container network subnet port route
  router calendar meeting room booking reservation seat guest trip flight vehicle driver fleet shipment
  shipping delivery tracking label package inventory stock warehouse purchase sale deal lead opportunity
  campaign segment audience tag rating review score point reward badge translation language locale currency by
  of in for and to from with on at all any new old my the id ids no docs doc swagger openapi json xml html csv
  pdf php jsp asp aspx txt ical well known jwks thing widget sample
`;

const KNOWN: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter((word) => word !== ''));

/** Whether a name is made of nothing but such words, and numbers of one digit behind them: `care-plans`, `_search`, `orderLines2`. */
export function isOfApiWords(name: string): boolean {
  const words = partsOfName(name);
  return words.length > 0 && words.every(isApiWord);
}

/** The words of a name in small letters. */
export function partsOfName(name: string): string[] {
  return name
    .replace(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

function isApiWord(word: string): boolean {
  const bare = word.replace(/(?<=[a-z]{2})\d$/, '');
  const forms = [word, bare, bare.replace(/s$/, ''), bare.replace(/es$/, ''), bare.replace(/ies$/, 'y')];
  return forms.some((form) => KNOWN.has(form));
}
