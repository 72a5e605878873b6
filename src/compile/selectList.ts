/**
 * What `$select` names: the properties, and the id where nothing else is asked for, since an empty list would bring all.
 * Annotations come by themselves and cannot be selected.
 */
export function selectList(properties: Iterable<string>): readonly string[] {
  const selected = [...new Set(properties)].filter((property) => !property.startsWith('@'));
  if (selected.length === 0) return ['id'];
  return selected.includes('id') ? ['id', ...selected.filter((property) => property !== 'id')] : selected;
}
