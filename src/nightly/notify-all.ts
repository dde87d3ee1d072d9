import type { Notifier } from '../notify/notifier.js';
import { Problem } from '../problem.js';
import { dueTo, isForNotice, messageOf } from './announce.js';
import { linesOf, type Scene } from './first-line.js';
import type { Journal } from './journal.js';
import { colourOf } from './outcome.js';
import type { News, NightRecord } from './record.js';
import { whatOf } from './sentences.js';

/**
 * Has each notifier deliver what it has not delivered so far. What it has delivered is written down at once: a night that
 * dies after that says nothing twice.
 * @param open what is open as of this night
 * @param first the first line of the night
 */
export async function notifyAll(
  open: readonly News[],
  first: string,
  around: {
    notifiers: readonly Notifier[];
    earlier: readonly NightRecord[];
    isSafe: (text: string) => boolean;
    journal: Journal;
    scene: Scene;
  },
): Promise<void> {
  const { notifiers, earlier, isSafe, journal, scene } = around;
  const { record } = journal;
  const forNotice = open.filter(isForNotice);
  const records = [...earlier, record];
  const past = records.flatMap(({ news }) => news);
  const texts = new Map(linesOf(record.news, scene).map(({ news, text }) => [news.key, text]));
  for (const { name, deliver, settle } of notifiers) {
    const due = dueTo(record.announced[name] ?? [], forNotice, past);
    const send = due ? deliver : forNotice.length === 0 ? settle : undefined;
    if (!send) continue;
    const message = messageOf(
      due ?? { appeared: [], over: [], stillOpen: [] },
      { night: record.startedAt, colour: colourOf(record), first },
      records,
      (news) => texts.get(news.key) ?? whatOf(news, scene),
    );
    const deliverSafely = async (): Promise<true> => {
      if (!isSafe(JSON.stringify(message)))
        throw new Problem(
          'CONFORM_E_SECRET_IN_OUTPUT',
          'the notification would hold a secret of this process; nothing was sent',
          {
            remedy:
              'Search the contract, the samples and the runs for it. If it is in none of them, please report this.',
          },
        );
      await send(message);
      return true;
    };
    const delivered = await journal.step(`${due ? 'notify' : 'settle'} ${name}`, deliverSafely, {
      counts: due !== undefined,
    });
    if (delivered !== true || !due) continue;
    record.announced[name] = forNotice.map(({ key }) => key);
    await journal.keep();
  }
}
