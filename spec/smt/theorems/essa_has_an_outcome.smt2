; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: In every state, for all arguments, essa has an outcome: this one, said in words of its own.
; expect: unsat
; uses: essa
; breakage: essa.smt2: "(not (= orc #x00000000))" -> "true"
(declare-const before State)
(declare-const arguments essa-arguments)
(define-fun page () Gfn (essa-gfn arguments))
(define-fun orc () (_ BitVec 32) (essa-orc arguments))
(define-fun old () Byte (select (attributes before) page))
(define-fun held () Content (select (content before) page))
(define-fun page-is-resident () Bool (= held resident))
; The bits of a byte: 0, no-DAT, four times 0, usage.
(define-fun old-no-dat () (_ BitVec 1) ((_ extract 6 6) old))
(define-fun usage () (_ BitVec 2)
  (ite (= orc #x00000002) #b01 (ite (= orc #x00000003) #b11 (ite (= orc #x00000004) (ite page-is-resident #b10 #b11) #b00))))
(define-fun new-no-dat () (_ BitVec 1) (ite (= orc #x00000001) #b0 (ite (= orc #x00000007) #b1 old-no-dat)))
(define-fun new () Byte
  (ite (or (= orc #x00000000) (and (= orc #x00000006) (not page-is-resident))) old (concat #b0 new-no-dat #b0000 usage)))
(define-fun discards () Bool (and (not page-is-resident) (or (= orc #x00000002) (= orc #x00000003) (= orc #x00000004))))
(define-fun the-answer () essa-result
  (essa-returns (concat #b00 old-no-dat #b0 ((_ extract 1 0) old) (ite page-is-resident #b00 (ite (= held preserved) #b10 #b11)))))
(define-fun the-outcome () Outcome
  (ite (not (enabled before)) operation-exception
  (ite (bvuge orc #x00000008) specification-exception
  (ite (not (select (exist before) page)) addressing-exception
       success))))
(define-fun the-state-after () State
  (ite (or (= the-outcome operation-exception) (= the-outcome specification-exception)) before
  (ite (= the-outcome addressing-exception)
       (state (host-has-cmma before) (vcpu-count before) (enabled before) (or (used before) (not (migrating before))) (migrating before) (slots before) (exist before) (attributes before) (content before) (dirty before))
       (state (host-has-cmma before) (vcpu-count before) (enabled before) (or (used before) (not (migrating before))) (migrating before) (slots before) (exist before) (store (attributes before) page new) (store (content before) page (ite discards logically-zero held)) (ite (and (migrating before) (distinct orc #x00000000)) (store (dirty before) page true) (dirty before))))))
; refute
(assert (not (essa before arguments the-state-after the-outcome the-answer)))
(check-sat)
