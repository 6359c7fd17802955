/** Opens a file as Excalidraw does, and saves it again. */
import { loadFromBlob, serializeAsJSON } from "@excalidraw/excalidraw";

window.reopened = async (text) => {
  const blob = new Blob([text], { type: "application/vnd.excalidraw+json" });
  const { elements, appState, files } = await loadFromBlob(blob, null, null);
  return {
    opened: elements.filter(({ isDeleted }) => !isDeleted).length,
    saved: serializeAsJSON(elements, appState, files, "local"),
  };
};
