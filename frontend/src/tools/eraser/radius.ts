/** Screen pixels around the pointer that erase. */
export const ERASER_RADIUS = 8;
