// SPDX-License-Identifier: MIT
// The logic in the folder above is written over these names, so that the proofs can compile it a second time with terms in their place.
global using AttributeMap = Cmma.Reference.PageMap<byte>;
global using ContentMap = Cmma.Reference.PageMap<byte>;
global using DirtyMap = Cmma.Reference.PageMap<bool>;
global using Octet = System.Byte;
global using Truth = System.Boolean;
global using Word = System.UInt64;
