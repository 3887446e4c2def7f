/** How Grafana is asked for the value of a variable: in braces, so that what follows is not taken for its name. */

/** With a format behind a colon: `request:percentencode`. */
export function variableValue(variable: string): string {
  return `\${${variable}}`;
}

/** The value of a series' label, for the name of its line. */
export function labelOf(label: string): string {
  return variableValue(`__field.labels.${label}`);
}
