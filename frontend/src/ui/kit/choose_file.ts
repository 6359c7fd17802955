/** Asks for files of these endings or kinds (".excalidraw,image/*"); calls back when some were chosen. */
export function chooseFiles(accept: string, chosen: (files: readonly File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.multiple = true;
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) chosen(files);
  });
  input.click();
}
