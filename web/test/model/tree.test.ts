import { describe, expect, it } from 'vitest'
import { below, branches, pathTo } from '../../src/model/tree'

const CITY = { code: '1', name: 'City', parent: null }
const STREET = { code: '12', name: 'Street', parent: '1' }
const ZONE = { code: 'zone', name: 'Zone', parent: '1' }

describe('the management tree', () => {
  it('puts each node below what it is run from', () => {
    const [root] = branches([STREET, CITY, ZONE])
    expect(root?.node).toBe(CITY)
    expect(root?.children.map(({ node }) => node.code)).toEqual(['12', 'zone'])
  })

  it('shows a delegated node where it is run from now', () => {
    const [root] = branches([CITY, { ...STREET, parent: 'zone' }, ZONE])
    expect(root?.children[0]?.children.map(({ node }) => node.name)).toEqual(['Street'])
  })

  it('begins with the nodes whose parents one does not see', () => {
    expect(branches([STREET, ZONE]).map(({ node }) => node.code)).toEqual(['12', 'zone'])
  })

  it('counts what lies under a node, where it is run from now', () => {
    const block = { code: '121', name: 'Block', parent: '12' }
    const nodes = [CITY, { ...STREET, parent: 'zone' }, ZONE, block]
    expect(below(nodes, 'zone').map(({ name }) => name)).toEqual(['Street', 'Block'])
    expect(below(nodes, '121')).toEqual([])
    expect(below(nodes, 'not there')).toEqual([])
  })

  it('tells what a node lies in, and ends in a circle', () => {
    expect(pathTo([CITY, STREET], '12')).toEqual(['City', 'Street'])
    expect(pathTo([{ ...CITY, parent: '12' }, STREET], '12')).toEqual(['City', 'Street'])
  })
})
