; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, set has an outcome: this one, said in words of its own.
; expect: unsat
; uses: set
; assumes: a_walk_from_a_page_ends_in_one_place
; breakage: set.smt2: "(keeps-content before after)" -> "(not (= (used before) (used after)))"
(declare-const before State)
(declare-const arguments set-arguments)
(define-fun asked () (_ BitVec 32) (count (set-log arguments)))
(define-fun length () Gfn ((_ zero_extend 32) asked))
(define-fun start () Gfn (start-gfn (set-log arguments)))
(define-fun mask () Byte (bvand #x43 ((_ extract 31 24) (remaining-or-mask (set-log arguments)))))
; How many pages are walked, and the attributes after that.
(declare-const done Gfn)
(declare-const values (Array Gfn Byte))
(assert (forall ((page Gfn))
  (= (select values page)
     (ite (and (bvuge page start) (bvugt done (bvsub page start)))
          (bvxor (select (attributes before) page)
                 (bvand mask (bvxor (select (attributes before) page) (select (set-buffer arguments) (bvsub page start)))))
          (select (attributes before) page)))))
;? (assert (= before (small-vm 1 true true true page-0)))
;? (assert (= (set-log arguments) (log #x0000000000000000 #x00000003 (flags (set-log arguments)) #x0000000001000000 #x0000000000000000)))
;? (assert (= (set-buffer arguments) ((as const Bytes) #xff)))
;? (assert (= values (store (store all-stable #x0000000000000000 #x01) #x0000000000000001 #x01)))
;? (assert (= done #x0000000000000002))
(define-fun ends-before-its-walk () Bool
  (or (not (set-readable arguments)) (not (enabled before)) (distinct (flags (set-log arguments)) #x00000000) (bvugt asked #x00100000)
      (= asked #x00000000) (not (set-allocates arguments)) (bvult (set-buffer-bytes arguments) length)))
(define-fun the-outcome () Outcome
  (ite (not (set-readable arguments)) EFAULT
  (ite (not (enabled before)) ENXIO
  (ite (distinct (flags (set-log arguments)) #x00000000) EINVAL
  (ite (bvugt asked #x00100000) EINVAL
  (ite (= asked #x00000000) success
  (ite (not (set-allocates arguments)) ENOMEM
  (ite (bvult (set-buffer-bytes arguments) length) EFAULT
  (ite (= done length) success EFAULT)))))))))
(define-fun the-state-after () State
  (ite ends-before-its-walk before
       (state (host-has-cmma before) (vcpu-count before) (enabled before) true (migrating before) (slots before) (exist before) values (content before) (dirty before))))
(define-fun the-result () set-result
  (set-returns (set-log arguments) (ite ends-before-its-walk #x0000000000000000 done)))
; There is a walk: as a_walk_from_a_page_ends_in_one_place proves.
(assert (=> (not ends-before-its-walk) (set-walk before arguments the-result)))
; refute
(assert (not (set before arguments the-state-after the-outcome the-result)))
(check-sat)
