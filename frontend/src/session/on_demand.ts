/** What a person at a board asks for now and then: fetched in one piece, for many small ones would weigh more. */
export { convertClipboard } from "./convert_clipboard";
export { copyPicture } from "./copy_picture";
export { exportBoard } from "./export_file";
export { exporterOf } from "./export_part";
export { bringIn } from "./import_to_board";
export { placePictures } from "./place_pictures";
export { copyLinkTo, goToSight } from "./sights";
export { uploadsOf } from "./uploads_of_board";
