import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Document } from '../report';
import { documentOf } from './document';
import { usePage, useWords } from './hooks';
import { PrintBeats, PrintSheet } from './PrintSheet';
import { currentItem, type Item } from './state';

/** One landscape page, and one for the usual beats where they are asked for; built only while it is printed. */
export function PrintPage() {
  const [printing, setPrinting] = useState(false);
  const item = usePage(currentItem);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return printing && item ? <Printed item={item} /> : null;
}

function Printed({ item }: { readonly item: Item }) {
  const words = useWords();
  const shown = usePage((page) => page.shown);
  const paper = usePage((page) => page.paper);
  const document = shown && documentOf(words, item, shown, paper);
  if (!document) return null;
  const { facts, sheet, print, paragraphs, footer, beats } = document;
  return (
    <div className="print-page">
      <Facts facts={facts} />
      <PrintSheet sheet={sheet} ecg={document.ecg} print={print} />
      <div className="print-reading">
        {paragraphs.map(({ text, bold }) => (
          <p key={text}>{bold ? <b>{text}</b> : text}</p>
        ))}
        <p>
          <b>{footer}</b>
        </p>
      </div>
      {beats && (
        <div className="print-beats">
          <Facts facts={facts} />
          <p>
            <b>{beats.title}</b> <b>{beats.note}</b>
          </p>
          <PrintBeats {...beats} />
          <p className="print-reading">
            <b>{footer}</b>
          </p>
        </div>
      )}
    </div>
  );
}

/** Who and when, at the head of every page. */
function Facts({ facts }: Pick<Document, 'facts'>) {
  return (
    <dl className="print-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
