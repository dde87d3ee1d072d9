import type { Question } from './question.js';
import { brief, pathOf, verdictOf, type Reading } from './reading.js';
import type { Verdict } from './verdict.js';

/** Asked with a token that is invalid on purpose, so that nothing could change. */
export function decideGuarded(question: Question, alone: Reading, sameAsNonsense: boolean): Verdict {
  const { exchange, controls } = question;
  const guarded = controls.workingWithInvalidToken;
  const evidence = ['It was asked with a token that is invalid on purpose, so that nothing could change.'];
  const tellsApart = guarded !== undefined && guarded.fingerprint !== controls.nonsense?.fingerprint;
  if (sameAsNonsense && tellsApart) {
    return verdictOf(
      question,
      {
        ...alone,
        layer: 'gateway',
        cause: 'route-missing',
        confidence: 'certain',
        explanation: `Not routed for this caller: ${exchange.method} ${pathOf(exchange)}${controls.nearest ? `; ${controls.nearest.method} ${controls.nearest.path} is` : ''}.`,
        fix: controls.nearest
          ? `Use ${controls.nearest.method} ${controls.nearest.path}.`
          : 'Look the exact path and method up in the vendor’s documentation.',
      },
      [
        ...evidence,
        `A path beside it that nobody can have routed gets the same answer (${brief(controls.nonsense)}).`,
        `A routed operation, asked with the same invalid token, is answered otherwise (${brief(guarded)}).`,
      ],
      [{ cause: 'token-invalid', because: 'a routed operation answers this token otherwise' }],
    );
  }
  if (sameAsNonsense) {
    return verdictOf(
      question,
      {
        ...alone,
        layer: 'token',
        cause: 'token-invalid',
        confidence: 'possible',
        explanation:
          'This host refuses an invalid token before it looks at the route, so nothing is known of this operation.',
        fix: 'Ask with --writes validate, or on the sandbox with --writes full.',
      },
      evidence,
    );
  }
  return verdictOf(
    question,
    {
      ...alone,
      layer: 'token',
      cause: 'token-invalid',
      confidence: tellsApart && guarded.fingerprint === exchange.fingerprint ? 'certain' : 'likely',
      explanation:
        'Routed, and guarded by the token check. Whether it works with a good token was not asked.',
      fix: 'To know more, ask with --writes validate, or on the sandbox with --writes full.',
    },
    [
      ...evidence,
      `A path beside it that nobody can have routed is answered otherwise (${brief(controls.nonsense)}).`,
    ],
    [{ cause: 'route-missing', because: 'an unknown path is refused in other words' }],
  );
}
