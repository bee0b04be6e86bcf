import { DialogButton } from './DialogButton';
import { Gallery } from './Gallery';

export function DemosButton() {
  return (
    <DialogButton label="Demos" title="Simulated ECGs">
      {(close) => <Gallery onOpen={close} />}
    </DialogButton>
  );
}
