-- minimum reader: 1

-- When the content of a secondary zone may not be served any more; null for a primary zone.
ALTER TABLE zone ADD COLUMN expires_at timestamptz;
