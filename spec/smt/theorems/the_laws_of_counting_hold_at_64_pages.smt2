; guarantee: G1, G9
; claim: The laws of card.smt2 hold where they can be computed: for all sets of 64 pages, written as 64-bit words, with the number of their bits as card.
; expect: unsat
; uses: card
; breakage: itself: "(bvor b (bvshl #x01 at))" -> "(bvxor b (bvshl #x01 at))"
; The file card.smt2 is joined in front to be read beside this one: each obligation is one of its laws, said of words.
(define-sort Word () (_ BitVec 64))

; How many bits of a byte are set, and of a word: the plain sum.
(define-fun count-of-byte ((b Byte)) Byte
  (bvadd ((_ zero_extend 7) ((_ extract 0 0) b)) ((_ zero_extend 7) ((_ extract 1 1) b))
         ((_ zero_extend 7) ((_ extract 2 2) b)) ((_ zero_extend 7) ((_ extract 3 3) b))
         ((_ zero_extend 7) ((_ extract 4 4) b)) ((_ zero_extend 7) ((_ extract 5 5) b))
         ((_ zero_extend 7) ((_ extract 6 6) b)) ((_ zero_extend 7) ((_ extract 7 7) b))))
(define-fun count-of-word ((w Word)) Byte
  (bvadd (count-of-byte ((_ extract 7 0) w)) (count-of-byte ((_ extract 15 8) w))
         (count-of-byte ((_ extract 23 16) w)) (count-of-byte ((_ extract 31 24) w))
         (count-of-byte ((_ extract 39 32) w)) (count-of-byte ((_ extract 47 40) w))
         (count-of-byte ((_ extract 55 48) w)) (count-of-byte ((_ extract 63 56) w))))
(define-fun bit ((b Byte) (at Byte)) Bool (= (bvand (bvlshr b at) #x01) #x01))
(define-fun with-bit ((b Byte) (at Byte) (member Bool)) Byte
  (ite member (bvor b (bvshl #x01 at)) (bvand b (bvnot (bvshl #x01 at)))))

; The empty set.
(push 1)
; refute
(assert (not (= (count-of-word #x0000000000000000) #x00)))
(check-sat)
(pop 1)

; One page of a byte.
(push 1)
(declare-const set Byte)
(declare-const page Byte)
(declare-const member Bool)
(assert (bvult page #x08))
; refute
(assert (not (= (count-of-byte (with-bit set page member))
                (bvadd (bvsub (count-of-byte set) (ite (bit set page) #x01 #x00)) (ite member #x01 #x00)))))
(check-sat)
(pop 1)

; One page of a word is one page of one of its bytes: the other bytes stay.
(push 1)
(declare-const set Word)
(declare-const page Word)
(declare-const any Word)
(declare-const member Bool)
(define-fun one () Word #x0000000000000001)
(define-fun byte-at ((w Word) (at Word)) Byte ((_ extract 7 0) (bvlshr w (bvand at #x0000000000000038))))
(define-fun new () Word (ite member (bvor set (bvshl one page)) (bvand set (bvnot (bvshl one page)))))
(assert (bvult page #x0000000000000040))
(assert (bvult any #x0000000000000040))
; refute
(assert (not (= (byte-at new any)
                (ite (= (bvand any #x0000000000000038) (bvand page #x0000000000000038))
                     (with-bit (byte-at set page) ((_ extract 7 0) (bvand page #x0000000000000007)) member)
                     (byte-at set any)))))
(check-sat)
(pop 1)

; Where one of eight counts changes, the sum changes by as much: said of the first, for a sum has no order.
(push 1)
(declare-const c0 Byte)
(declare-const c1 Byte)
(declare-const c2 Byte)
(declare-const c3 Byte)
(declare-const c4 Byte)
(declare-const c5 Byte)
(declare-const c6 Byte)
(declare-const c7 Byte)
(declare-const new-count Byte)
; refute
(assert (not (= (bvadd new-count c1 c2 c3 c4 c5 c6 c7) (bvadd (bvsub (bvadd c0 c1 c2 c3 c4 c5 c6 c7) c0) new-count))))
(check-sat)
(pop 1)

; Two parts of a byte.
(push 1)
(declare-const part Byte)
(declare-const other Byte)
(assert (= (bvand part other) #x00))
; refute
(assert (not (= (count-of-byte (bvor part other)) (bvadd (count-of-byte part) (count-of-byte other)))))
(check-sat)
(pop 1)

; Two parts of a word are two parts of each byte, and the sum of the eight sums is the sum of both counts.
(push 1)
(declare-const p0 Byte)
(declare-const p1 Byte)
(declare-const p2 Byte)
(declare-const p3 Byte)
(declare-const p4 Byte)
(declare-const p5 Byte)
(declare-const p6 Byte)
(declare-const p7 Byte)
(declare-const o0 Byte)
(declare-const o1 Byte)
(declare-const o2 Byte)
(declare-const o3 Byte)
(declare-const o4 Byte)
(declare-const o5 Byte)
(declare-const o6 Byte)
(declare-const o7 Byte)
; refute
(assert (not (= (bvadd (bvadd p0 o0) (bvadd p1 o1) (bvadd p2 o2) (bvadd p3 o3) (bvadd p4 o4) (bvadd p5 o5) (bvadd p6 o6) (bvadd p7 o7))
                (bvadd (bvadd p0 p1 p2 p3 p4 p5 p6 p7) (bvadd o0 o1 o2 o3 o4 o5 o6 o7)))))
(check-sat)
(pop 1)

; A part of a byte does not count more than the byte, nor more than 8.
(push 1)
(declare-const whole Byte)
(declare-const part Byte)
(assert (= (bvand part whole) part))
; refute
(assert (not (and (bvule (count-of-byte part) (count-of-byte whole)) (bvule (count-of-byte whole) #x08))))
(check-sat)
(pop 1)

; So neither does the sum of two such parts, and of four, and of eight.
(push 1)
(declare-const one Byte)
(declare-const other Byte)
(declare-const part-of-one Byte)
(declare-const part-of-other Byte)
(assert (and (bvule part-of-one one) (bvule part-of-other other) (bvule one #x20) (bvule other #x20)))
; refute
(assert (not (and (bvule (bvadd part-of-one part-of-other) (bvadd one other)) (bvule (bvadd one other) #x40))))
(check-sat)
(pop 1)

; A range.
(push 1)
(declare-const set Word)
(declare-const first Word)
(declare-const length Word)
(assert (bvule first #x0000000000000040))
(assert (bvule length (bvsub #x0000000000000040 first)))
(assert (= set (bvshl (bvsub (bvshl #x0000000000000001 length) #x0000000000000001) first)))
; refute
(assert (not (= ((_ zero_extend 56) (count-of-word set)) length)))
(check-sat)
(pop 1)
