import type { EcgLead } from '../ecg';
import { GAINS, isChest, LAYOUTS, type LayoutId, layoutsFor, SPEEDS } from '../paper';
import type { Words } from '../words';
import { usePage, usePageStore, useWords } from './hooks';
import { MenuButton } from './MenuButton';
import { LOOK_NAMES } from './paper-looks';
import { SizeTools } from './SizeTools';

/** Layout, speed and gain of the paper, with what is changed more rarely in a menu. */
export function PaperTools({ leads }: { readonly leads: readonly Pick<EcgLead, 'name' | 'lead'>[] }) {
  const words = useWords().paper;
  const { arrange, setLook, setScale } = usePageStore().getState();
  const { arrangement, scale, look } = usePage(({ paper }) => paper);
  const { mmPerS, mmPerMv, chestMmPerMv } = scale;
  const layouts = layoutsFor(leads);
  const apart = mmPerMv !== chestMmPerMv;
  return (
    <>
      {layouts.length > 0 && (
        <select
          aria-label={words.layout}
          title={words.layoutTitle}
          data-testid="layout"
          value={arrangement.layout}
          onChange={({ target }) => arrange({ layout: layoutOf(target.value) })}
        >
          {layouts.map(({ id, title }) => (
            <option key={id} value={id}>
              {layoutTitle(words, id, title)}
            </option>
          ))}
        </select>
      )}
      {arrangement.layout === 'single' && leads.length > 1 && (
        <select
          aria-label={words.lead}
          data-testid="single-lead"
          value={leads.some(({ name }) => name === arrangement.single) ? arrangement.single : leads[0]?.name}
          onChange={({ target }) => arrange({ single: target.value })}
        >
          {leads.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      )}
      <NumberSelect
        label={words.speed}
        title={words.speedTitle}
        testId="speed"
        unit="mm/s"
        values={SPEEDS}
        value={mmPerS}
        onSelect={(value) => setScale({ mmPerS: value })}
      />
      <NumberSelect
        label={words.gain}
        title={words.gainTitle}
        testId="gain"
        unit="mm/mV"
        values={GAINS}
        value={apart ? null : mmPerMv}
        other={words.gains(mmPerMv, chestMmPerMv)}
        onSelect={(value) => setScale({ mmPerMv: value, chestMmPerMv: value })}
      />
      <MenuButton label={words.menu} title={words.menuTitle} active={apart || arrangement.cabrera} testId="paper-menu">
        {leads.length > 1 && (
          <>
            <p>
              <span>{words.limb}</span>
              <NumberSelect
                label={words.limbGain}
                testId="limb-gain"
                unit="mm/mV"
                values={GAINS}
                value={mmPerMv}
                onSelect={(value) => setScale({ mmPerMv: value })}
              />
            </p>
            {leads.some(isChest) && (
              <p>
                <span>{words.chest}</span>
                <NumberSelect
                  label={words.chestGain}
                  testId="chest-gain"
                  unit="mm/mV"
                  values={GAINS}
                  value={chestMmPerMv}
                  onSelect={(value) => setScale({ chestMmPerMv: value })}
                />
              </p>
            )}
            <label title="aVL, I, −aVR, II, aVF, III">
              {words.cabrera}
              <input
                type="checkbox"
                data-testid="cabrera"
                checked={arrangement.cabrera}
                onChange={({ target }) => arrange({ cabrera: target.checked })}
              />
            </label>
          </>
        )}
        <p>
          <span>{words.look}</span>
          <select
            aria-label={words.look}
            data-testid="paper-look"
            value={look}
            onChange={({ target }) => setLook(LOOK_NAMES.find((name) => name === target.value) ?? 'usual')}
          >
            {LOOK_NAMES.map((name) => (
              <option key={name} value={name}>
                {words.looks[name]}
              </option>
            ))}
          </select>
        </p>
        <SizeTools />
      </MenuButton>
    </>
  );
}

interface NumberSelectProps {
  readonly label: string;
  readonly title?: string;
  readonly testId: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** Null where it is none of them; `other` says what it is. */
  readonly value: number | null;
  readonly other?: string;
  readonly onSelect: (value: number) => void;
}

function NumberSelect({ label, title, testId, unit, values, value, other, onSelect }: NumberSelectProps) {
  const { exact } = useWords();
  return (
    <select
      aria-label={label}
      title={title}
      data-testid={testId}
      value={value ?? ''}
      onChange={({ target }) => onSelect(Number(target.value))}
    >
      {value === null && (
        <option value="" disabled>
          {other}
        </option>
      )}
      {values.map((each) => (
        <option key={each} value={each}>
          {exact(each)} {unit}
        </option>
      ))}
    </select>
  );
}

const layoutOf = (value: string): LayoutId => LAYOUTS.find(({ id }) => id === value)?.id ?? '3x4';

/** Most layouts are named by numbers that every language reads. */
function layoutTitle({ oneLead, furtherLeads }: Words['paper'], id: LayoutId, title: string): string {
  if (id === 'single') return oneLead;
  return id === 'further' ? furtherLeads : title;
}
