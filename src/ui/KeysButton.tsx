import { DialogButton } from './DialogButton';
import { useWords } from './hooks';
import { KEYS_DIALOG_ID, keysOf } from './keys';

/** All keys on one sheet. */
export function KeysButton() {
  const words = useWords().keys;
  return (
    <DialogButton label="?" title={words.title} id={KEYS_DIALOG_ID}>
      {() => (
        <table className="keys">
          <tbody>
            {keysOf(words).map(([keys, does]) => (
              <tr key={keys}>
                <th scope="row">{keys}</th>
                <td>{does}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </DialogButton>
  );
}
