const CARD = 'model.json';

const pathOf = (file: File) => file.webkitRelativePath || file.name;

/** A drop told apart: the files of a model that the reader brings, and the ECGs. */
export interface Told {
  readonly model: readonly File[];
  readonly ecgs: readonly File[];
}

/**
 * A model is `model.json` with its weights beside it: in a folder everything that lies directly in it, among loose files every `.bin`.
 *
 * @param isModel whether an archive that was dropped alone holds one
 */
export async function tellApart(files: readonly File[], isModel: (archive: File) => Promise<boolean>): Promise<Told> {
  const card = files.find((file) => pathOf(file).split('/').at(-1) === CARD);
  if (card) {
    const folder = pathOf(card).slice(0, -CARD.length);
    const beside = (file: File) => {
      const path = pathOf(file);
      if (!path.startsWith(folder) || path.slice(folder.length).includes('/')) return false;
      return folder !== '' || file === card || /(^model\.json|\.bin)$/i.test(path);
    };
    return { model: files.filter(beside), ecgs: files.filter((file) => !beside(file)) };
  }
  const [only] = files;
  const archive = files.length === 1 && only && /\.(zip|tar|tgz|tar\.gz)$/i.test(only.name) ? only : null;
  return archive && (await isModel(archive)) ? { model: files, ecgs: [] } : { model: [], ecgs: files };
}
