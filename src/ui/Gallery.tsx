import { type Demo, demoFiles } from './demos';
import { usePage } from './hooks';

/** Demo ECGs, opened like any dropped file. */
export function Gallery({ onOpen }: { readonly onOpen?: () => void }) {
  const demos = usePage((page) => page.demos);
  const open = usePage((page) => page.open);
  const fail = usePage((page) => page.fail);
  const show = (demo: Demo) => {
    onOpen?.();
    demoFiles(demo).then((files) => open(files), fail);
  };
  return (
    <ul className="gallery" data-testid="gallery">
      {demos.map((demo) => (
        <li key={demo.id}>
          <button type="button" data-demo={demo.id} onClick={() => show(demo)}>
            <b>{demo.title}</b>
            <span>{demo.description}</span>
            <small>{[demo.ageYears !== null && `${demo.ageYears} years`, demo.sex].filter(Boolean).join(', ')}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}
