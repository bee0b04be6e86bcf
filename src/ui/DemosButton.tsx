import { DialogButton } from './DialogButton';
import { Gallery } from './Gallery';
import { useWords } from './hooks';

export function DemosButton() {
  const { top } = useWords();
  return (
    <DialogButton label={top.demos} title={top.demosTitle}>
      {(close) => <Gallery onOpen={close} />}
    </DialogButton>
  );
}
