import type { DelineatorCard } from '../ecg';
import { keepExecutors } from '../network';
import { say } from '../words/say';
import { startCard, whyNot } from './backend';
import { createDelineator, type Delineator } from './delineate';
import type { Model } from './model';
import { createSessionOn, type Session } from './session';
import { judge } from './trial';

/** A classifier and a delineator on one backend. */
export interface Running {
  readonly session: Session;
  readonly delineator: Delineator;
}

/**
 * Brings the same networks up on a graphics card, beside our WASM kernels that go on reading, and gives those of the faster backend, with the
 * reason. The others are disposed of where they are the card's; else by the caller, once nothing runs on them.
 * Without a real card, or where WASM does not run by our own kernels, everything stays as it is.
 */
export async function fasterOf(model: Model, waves: Model<DelineatorCard>, home: Running): Promise<Running> {
  const { started } = home.session;
  if (!started.challenged) return home;
  const goOn = keepExecutors();
  const made: { dispose(): void }[] = [];
  const stay = (because: ReturnType<typeof say>): Running => {
    for (const one of made) one.dispose();
    goOn();
    return { ...home, session: { ...home.session, reason: because.text, reasonSaying: because.saying } };
  };
  const refuse = (why: string) => stay(say('runsOn', { on: started.what, refusals: [`not on WebGPU: ${why}`] }));
  try {
    const card = await startCard();
    if (!card) return home;
    made.push({ dispose: card.end });
    const session = await createSessionOn(model, card);
    made.unshift(session);
    const delineator = await createDelineator(waves, card);
    made.unshift(delineator);
    const [own, its] = [await home.session.tryOut(), await session.tryOut()];
    const times = [round(own.ms), round(its.ms)] as const;
    switch (judge(own, its)) {
      case 'differ':
        return refuse('its numbers differ from those of WebAssembly');
      case 'home':
        return stay(say('runsFaster', { on: started.what, ms: times[0], other: card.what, otherMs: times[1] }));
      case 'rival': {
        const { text, saying } = say('runsFaster', {
          on: card.what,
          ms: times[1],
          other: started.what,
          otherMs: times[0],
        });
        return { session: { ...session, reason: text, reasonSaying: saying }, delineator };
      }
    }
  } catch (thrown) {
    return refuse(whyNot(thrown));
  }
}

const round = (ms: number) => Number(ms.toPrecision(2));
