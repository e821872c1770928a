/**
 * What runs beside pdf.js in a page that has no network and no origin: it opens one document at a time, tells where the
 * words of its pages are, and draws a page. Scripts, forms and notes of the document are not looked at, its fonts are
 * drawn as outlines and never given to the browser, and nothing is compiled from what it says.
 */
export const PAGE_PICTURES_SCRIPT = `(async (source) => {
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const { getDocument } = await import(address);
  let pdf = null;
  const corners = ({ transform: [a, b, c, d, e, f], width, height }, viewport) => {
    const along = Math.hypot(a, b) || 1;
    const up = Math.hypot(c, d) || 1;
    const points = [0, width / along].flatMap((x) =>
      [-0.3, 1.1].map((y) =>
        viewport.convertToViewportPoint(
          e + a * x + (c / up) * y * (height || up),
          f + b * x + (d / up) * y * (height || up),
        ),
      ),
    );
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  };
  const viewportOf = (page, limits) => {
    const plain = page.getViewport({ scale: 1 });
    const scale = Math.min(limits.width / plain.width, limits.height / plain.height);
    return page.getViewport({ scale });
  };
  globalThis.labproof = {
    async open(base64, limits) {
      await this.close();
      const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      pdf = await getDocument({
        data,
        isEvalSupported: false,
        disableFontFace: true,
        useSystemFonts: true,
        enableXfa: false,
        verbosity: 0,
        maxImageSize: limits.imagePixels,
        canvasMaxAreaInBytes: 4 * limits.imagePixels,
      }).promise;
      const pages = [];
      let left = limits.characters;
      for (let number = 1; number <= Math.min(pdf.numPages, limits.pages) && left > 0; number += 1) {
        const page = await pdf.getPage(number);
        const viewport = viewportOf(page, limits);
        const { items } = await page.getTextContent();
        const words = items.filter((item) => 'str' in item).slice(0, left);
        left -= words.reduce((sum, { str }) => sum + str.length + 1, 0);
        pages.push({
          number,
          items: words.map((item) => ({
            text: item.str,
            ends: item.hasEOL === true,
            box: corners(item, viewport).map((value) => (Number.isFinite(value) ? value : 0)),
          })),
        });
        page.cleanup();
      }
      return { count: pdf.numPages, pages };
    },
    async draw(number, boxes, limits) {
      const page = await pdf.getPage(number);
      const viewport = viewportOf(page, limits);
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.ceil(viewport.width));
      canvas.height = Math.max(1, Math.ceil(viewport.height));
      const pen = canvas.getContext('2d', { alpha: false });
      await page.render({ canvas, canvasContext: pen, viewport, annotationMode: 0 }).promise;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.fillStyle = '#767676';
      for (const [left, top, right, bottom] of boxes) pen.fillRect(left, top, right - left, bottom - top);
      const png = canvas.toDataURL('image/png').split(',')[1];
      const size = { width: canvas.width, height: canvas.height };
      canvas.width = canvas.height = 0;
      return { png, ...size };
    },
    async close() {
      const before = pdf;
      pdf = null;
      await before?.destroy();
    },
  };
})`;
