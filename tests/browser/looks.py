"""How a screen looks, as a picture of an eighth of its size: small enough to keep, coarse enough for another machine's letters, fine enough to see
that a panel moved."""

import base64

# Each pixel is the mean of 8 × 8 of the screen's. Two pictures are compared by squares of 2 × 2 of these (16 × 16 of the screen).
SCALE = 8
SQUARE = 2
# By how much a square's colour may differ, of 255, before it counts; and the share of a picture's squares that may. Measured on the thread's screen: another
# family of letters gives 4.0 %, a panel that moved 40 px 8.0 %, a style sheet that is missing 27.9 %.
TOLERANCE = 12
SHARE = 0.06

REDUCE = """
async ([data, scale]) => {
    const picture = new Image();
    picture.src = 'data:image/png;base64,' + data;
    await picture.decode();
    const [width, height] = [picture.width, picture.height];
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const pixels = context.getImageData(0, 0, width, height).data;
    const [columns, rows] = [Math.floor(width / scale), Math.floor(height / scale)];
    const small = new OffscreenCanvas(columns, rows);
    const drawn = new ImageData(columns, rows);
    for (let y = 0; y < rows; y++) for (let x = 0; x < columns; x++) {
        const sum = [0, 0, 0];
        for (let dy = 0; dy < scale; dy++) for (let dx = 0; dx < scale; dx++) {
            const at = 4 * ((y * scale + dy) * width + x * scale + dx);
            for (let c = 0; c < 3; c++) sum[c] += pixels[at + c];
        }
        const to = 4 * (y * columns + x);
        for (let c = 0; c < 3; c++) drawn.data[to + c] = Math.round(sum[c] / (scale * scale));
        drawn.data[to + 3] = 255;
    }
    small.getContext('2d').putImageData(drawn, 0, 0);
    const bytes = new Uint8Array(await (await small.convertToBlob({ type: 'image/png' })).arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return [columns, rows, btoa(text), [...drawn.data]];
}
"""


class Look:
    def __init__(self, page, png):
        """`page`: any page without a policy of its own; the pixels are counted there."""
        scale = 1 if isinstance(png, str) else SCALE
        data = png if isinstance(png, str) else base64.b64encode(png).decode()
        self.columns, self.rows, kept, self.pixels = page.evaluate(REDUCE, [data, scale])
        self.png = base64.b64decode(kept)

    @classmethod
    def kept(cls, page, path):
        return cls(page, base64.b64encode(path.read_bytes()).decode())

    def square(self, x, y):
        """The mean colour of one."""
        places = [4 * (row * self.columns + column) for row in range(y, y + SQUARE) for column in range(x, x + SQUARE)]
        return [sum(self.pixels[place + channel] for place in places) / len(places) for channel in range(3)]

    def squares(self):
        return [(x, y) for y in range(0, self.rows - SQUARE + 1, SQUARE) for x in range(0, self.columns - SQUARE + 1, SQUARE)]

    def different(self, other):
        """The squares in which two pictures differ; all of them where they are of another size."""
        if (self.columns, self.rows) != (other.columns, other.rows):
            return self.squares()
        return [(x, y) for x, y in self.squares() if max(abs(a - b) for a, b in zip(self.square(x, y), other.square(x, y))) > TOLERANCE]

    def differs(self, other):
        """The share of those squares."""
        return len(self.different(other)) / len(self.squares())

    def where(self, other):
        """Between which columns and rows of the screen they stand."""
        xs, ys = zip(*self.different(other))
        return f"x {min(xs) * SCALE} to {(max(xs) + SQUARE) * SCALE}, y {min(ys) * SCALE} to {(max(ys) + SQUARE) * SCALE}"
