/** The sign of the product, drawn by CSS. */
export const Mark = () => <i class="mark" aria-hidden="true" />;
