import { DialogButton } from './DialogButton';
import { KEYS, KEYS_DIALOG_ID } from './keys';

/** All keys on one sheet. */
export function KeysButton() {
  return (
    <DialogButton label="?" title="Keys" id={KEYS_DIALOG_ID}>
      {() => (
        <table className="keys">
          <tbody>
            {KEYS.map(([keys, does]) => (
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
