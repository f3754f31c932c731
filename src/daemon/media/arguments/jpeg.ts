/** Filters after which a picture in BT.601 or BT.709 is one that JPEG can hold. */
export const asJpeg = 'scale=in_range=tv:out_range=pc:out_color_matrix=smpte170m,format=yuvj420p';
