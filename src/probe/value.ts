/** A value as it is sent, and as it may be shown: ids of real things are shown as pseudonyms. */
export interface Value {
  sent: string;
  shown: string;
}
