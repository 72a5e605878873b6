import type { ReactNode } from 'react';
import { getFragmentData, graphql, type FragmentType } from '../generated';
import type { RightOrigin } from '../generated/graphql';
import { Badge, type Tone } from '../parts/Badge';

const licencePathFragment = graphql(`
  fragment LicencePath on UsageRight {
    id
    skuId
    skuPartNumber
    sku {
      id
      displayName
    }
    origin
    inheritedFrom {
      id
      displayName
    }
    services {
      planId
      displayName
    }
  }
`);

const origins: Readonly<Record<RightOrigin, { readonly text: string; readonly tone: Tone }>> = {
  DIRECT: { text: 'Direct', tone: 'accent' },
  INHERITED: { text: 'Through a group', tone: 'good' },
  BOTH: { text: 'Twice: directly and through a group', tone: 'caution' },
};

/** One way from the person to the product: the names of what stands between the two. */
function Path({
  person,
  through,
  product,
}: {
  readonly person: string;
  readonly through?: string;
  readonly product: string;
}) {
  return (
    <li>
      <ol className="path">
        <li>
          <span>{person}</span>
        </li>
        {through !== undefined && (
          <li>
            <span className="hidden">group </span>
            <span className="group">{through}</span>
          </li>
        )}
        <li>
          <span>{product}</span>
        </li>
      </ol>
    </li>
  );
}

interface LicencePathsProps {
  readonly right: FragmentType<typeof licencePathFragment>;
  readonly person: string;
}

/** A licence, and every way in which the person comes to it. */
export function LicencePaths({ right, person }: LicencePathsProps): ReactNode {
  const { skuId, skuPartNumber, sku, origin, inheritedFrom, services } = getFragmentData(licencePathFragment, right);
  const product = sku?.displayName ?? skuPartNumber ?? skuId ?? 'Unknown product';
  const isDirect = origin === 'DIRECT' || origin === 'BOTH';
  return (
    <li>
      <p className="badges">
        <strong>{product}</strong>
        {origin ? (
          <Badge tone={origins[origin].tone}>{origins[origin].text}</Badge>
        ) : (
          <Badge tone="danger">Path not known</Badge>
        )}
      </p>
      <ul className="paths" aria-label={`How ${person} comes to ${product}`}>
        {isDirect && <Path person={person} product={product} />}
        {inheritedFrom?.map((group) => (
          <Path key={group.id} person={person} through={group.displayName ?? group.id} product={product} />
        ))}
      </ul>
      {services && services.length > 0 && (
        <details>
          <summary>{services.length === 1 ? '1 service is on' : `${services.length} services are on`}</summary>
          <p className="muted">{services.map(({ planId, displayName }) => displayName ?? planId).join(', ')}</p>
        </details>
      )}
    </li>
  );
}
