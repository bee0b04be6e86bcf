/** A folder of thousands of studies is read entry by entry; its files stand in the order of their paths. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // The list of a drop is emptied when its event is over, so entries and files are taken before the first await.
  const files = [...transfer.files];
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (!entries.some(isFolder)) return files;
  const found = await Promise.all(entries.map((entry) => walk(entry, '')));
  return found.flat();
}

/** The files of a picked folder in the order of their paths, as those of a dropped one; others as they were picked. */
export function inOrder(files: readonly File[]): readonly File[] {
  return [...files].sort(({ webkitRelativePath: a }, { webkitRelativePath: b }) => Number(a > b) - Number(a < b));
}

async function walk(entry: FileSystemEntry, folder: string): Promise<File[]> {
  const path = folder ? `${folder}/${entry.name}` : entry.name;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [folder ? placed(file, path) : file];
  }
  if (!isFolder(entry)) return [];
  const children = await childrenOf(entry);
  children.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: File[] = [];
  for (const child of children) found.push(...(await walk(child, path)));
  return found;
}

/** A reader gives some entries at a time (100 in Chromium), and none at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return children;
    children.push(...some);
  }
}

/** The file under its path in the dropped folder. No byte is copied: a part of a file is a reference to it. */
function placed(file: File, path: string): File {
  return new File([file], path, { type: file.type, lastModified: file.lastModified });
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
