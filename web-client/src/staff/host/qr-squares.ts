// The squares of a QR code; a part of its own, loaded with the first invite.
import { encode } from "uqr";

export const squaresOf = (text: string): boolean[][] => encode(text, { ecc: "M", border: 2 }).data;
