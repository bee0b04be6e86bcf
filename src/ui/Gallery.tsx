import { type Demo, demoFiles, demoText } from './demos';
import { usePage, useWords } from './hooks';

/** Demo ECGs, opened like any dropped file. */
export function Gallery({ onOpen }: { readonly onOpen?: () => void }) {
  const words = useWords();
  const demos = usePage((page) => page.demos);
  const open = usePage((page) => page.openFetched);
  const fail = usePage((page) => page.fail);
  const show = (demo: Demo) => {
    onOpen?.();
    open(demoFiles(demo)).catch(fail);
  };
  return (
    <ul className="gallery" data-testid="gallery">
      {demos.map((demo) => {
        const [title, description] = demoText(words, demo);
        return (
          <li key={demo.id}>
            <button type="button" data-demo={demo.id} onClick={() => show(demo)}>
              <b>{title}</b>
              <span>{description}</span>
              <small>{words.demoPerson(demo.ageYears === null ? null : words.ages(demo.ageYears), demo.sex)}</small>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
